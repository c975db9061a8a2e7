import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { colourIcon, outlineIcon } from '../../manifest/icons.js';
import { decodePng, encodePng, type Picture, pngSize } from '../../manifest/png.js';

const committed = (name: string) => readFileSync(new URL(`../../manifest/${name}`, import.meta.url));

function channel({ pixels }: Picture, which: 0 | 1 | 2 | 3): number[] {
  return [...pixels].filter((_, index) => index % 4 === which);
}

test.each([
  ['color.png', colourIcon, 192],
  ['outline.png', outlineIcon, 32],
] as const)('%s is the drawing', (name, drawing, side) => {
  const drawn = drawing();
  const stored = decodePng(committed(name));
  expect(pngSize(committed(name))).toEqual({ width: side, height: side });
  expect(Buffer.from(stored.pixels).equals(Buffer.from(drawn.pixels))).toBe(true);
});

test('the colour icon has no hole in it, the outline is white on nothing', () => {
  expect(channel(colourIcon(), 3).every((alpha) => alpha === 255)).toBe(true);
  const outline = outlineIcon();
  expect(new Set(channel(outline, 3)).size).toBeGreaterThan(2);
  const visible = channel(outline, 0).filter((_, index) => outline.pixels[index * 4 + 3] !== 0);
  expect(visible.every((red) => red === 255)).toBe(true);
});

test('any other file is not taken for a picture', () => {
  expect(() => pngSize(Buffer.from('GIF89a and some more bytes than that'))).toThrow('is no PNG');
  const { width, height } = pngSize(encodePng(outlineIcon()));
  expect([width, height]).toEqual([32, 32]);
});
