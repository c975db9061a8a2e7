import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Eight bits each of red, green, blue and alpha, row by row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function encodePng({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8); // eight bits a channel, RGBA; the rest is 0: deflate, no interlace
  const rows = Buffer.alloc(height * (1 + width * 4)); // each row begins with its filter: 0, none
  for (let y = 0; y < height; y += 1)
    rows.set(pixels.subarray(y * width * 4, (y + 1) * width * 4), y * (1 + width * 4) + 1);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** Width and height in pixels. Throws when it is no PNG. */
export function pngSize(file: Buffer): { width: number; height: number } {
  if (file.length < 24 || !file.subarray(0, 8).equals(signature)) throw new Error('is no PNG');
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** Reads what encodePng wrote (RGBA, no filters, one IDAT). Throws for any other PNG. */
export function decodePng(file: Buffer): Picture {
  const { width, height } = pngSize(file);
  const length = file.readUInt32BE(33);
  if (file.toString('latin1', 37, 41) !== 'IDAT' || file[24] !== 8 || file[25] !== 6)
    throw new Error('is not one of our own drawings');
  const rows = inflateSync(file.subarray(41, 41 + length));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const start = y * (1 + width * 4);
    if (rows[start] !== 0) throw new Error('is not one of our own drawings');
    pixels.set(rows.subarray(start + 1, start + 1 + width * 4), y * width * 4);
  }
  return { width, height, pixels };
}
