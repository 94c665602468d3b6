/**
 * The app's icon for every system, out of src/renderer/public/icon.svg: icon.png, icon.ico (Windows) and icon.icns
 * (macOS). The last two are containers of PNGs. Run after changing the drawing.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { projectFolder } from './lib/run.ts';

const folder = path.join(projectFolder, 'resources', 'icons');
const drawing = await loadImage(path.join(projectFolder, 'src', 'renderer', 'public', 'icon.svg'));

/** macOS's names of the sizes that it takes as PNG. */
const icnsTypes = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' } as const;

mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'icon.png'), png(512));
writeFileSync(path.join(folder, 'icon.ico'), ico([16, 32, 48, 256]));
writeFileSync(path.join(folder, 'icon.icns'), icns());

function png(size: number): Buffer {
  const canvas = createCanvas(size, size);
  canvas.getContext('2d').drawImage(drawing, 0, 0, size, size);
  return canvas.toBuffer('image/png');
}

/** Header (6 bytes), a directory entry of 16 bytes per picture, the pictures. */
function ico(sizes: readonly number[]): Buffer {
  const pictures = sizes.map(png);
  const header = Buffer.alloc(6 + 16 * sizes.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(sizes.length, 4);
  let at = header.length;
  pictures.forEach((picture, i) => {
    const entry = 6 + 16 * i;
    header[entry] = header[entry + 1] = sizes[i] % 256; // 256 is written as 0
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(picture.length, entry + 8);
    header.writeUInt32LE(at, entry + 12);
    at += picture.length;
  });
  return Buffer.concat([header, ...pictures]);
}

/** Blocks of a four-letter type, a length that counts itself, and content; the file is such a block too. */
function icns(): Buffer {
  const block = (type: string, content: Buffer): Buffer => {
    const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
    head.writeUInt32BE(8 + content.length, 4);
    return Buffer.concat([head, content]);
  };
  return block('icns', Buffer.concat(Object.entries(icnsTypes).map(([size, type]) => block(type, png(Number(size))))));
}
