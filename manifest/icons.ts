/** Draws the app's icons, a thread with one loop in it: `node --import tsx manifest/icons.ts` writes both beside this file. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodePng, type Picture } from './png.js';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
type Point = readonly [x: number, y: number];

interface Stroke {
  readonly points: readonly Point[];
  /** In parts of the icon's side. */
  readonly width: number;
  readonly colour: Colour;
}

const night: Colour = [0x14, 0x32, 0x4a, 255];
const gold: Colour = [0xf2, 0xb6, 0x32, 255];
const white: Colour = [255, 255, 255, 255];
const nothing: Colour = [0, 0, 0, 0];

/** A curve that a rolling wheel's spoke draws: it comes in, goes once round and goes on. In parts of the icon's side. */
function thread(from: number, to: number, size: number): Point[] {
  const steps = 240;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const turn = (from + ((to - from) * step) / steps) * Math.PI;
    return [0.5 + size * (0.62 * turn - 1.15 * Math.sin(turn)) * 0.27, 0.51 + size * Math.cos(turn) * 0.27] as const;
  });
}

/** 192 by 192: Teams cuts its corners, so what matters keeps to the middle. */
export function colourIcon(): Picture {
  const size = 0.95;
  return draw(192, night, [
    { points: thread(-1.55, 1.55, size), width: 0.085, colour: gold },
    // Where the thread crosses itself the later part lies on top.
    { points: thread(0.32, 0.8, size), width: 0.15, colour: night },
    { points: thread(0.2, 1.55, size), width: 0.085, colour: gold },
  ]);
}

/** 32 by 32, white on nothing: Teams colours it itself. */
export function outlineIcon(): Picture {
  return draw(32, nothing, [{ points: thread(-1.55, 1.55, 1.1), width: 0.1, colour: white }]);
}

function draw(side: number, ground: Colour, strokes: readonly Stroke[]): Picture {
  const pixels = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const at: Point = [(x + 0.5) / side, (y + 0.5) / side];
      pixels.set(
        strokes.reduce((under, stroke) => paint(under, stroke, at, 1 / side), ground),
        (y * side + x) * 4,
      );
    }
  return { width: side, height: side, pixels };
}

/** The colour at a point once the stroke has gone over it; its edge is as soft as one pixel. */
function paint(under: Colour, { points, width, colour }: Stroke, at: Point, pixel: number): Colour {
  let nearest = Infinity;
  for (const [x, y] of points) {
    const distance = (x - at[0]) * (x - at[0]) + (y - at[1]) * (y - at[1]);
    if (distance < nearest) nearest = distance;
  }
  const cover = Math.min(1, Math.max(0, (width / 2 - Math.sqrt(nearest)) / pixel + 0.5));
  const alpha = cover + (under[3] / 255) * (1 - cover);
  if (alpha === 0) return nothing;
  const mix = (over: number, below: number) =>
    Math.round((over * cover + below * (under[3] / 255) * (1 - cover)) / alpha);
  return [mix(colour[0], under[0]), mix(colour[1], under[1]), mix(colour[2], under[2]), Math.round(alpha * 255)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('./color.png', import.meta.url), encodePng(colourIcon()));
  writeFileSync(new URL('./outline.png', import.meta.url), encodePng(outlineIcon()));
}
