/** Files of the built renderer by the path of an address; nothing outside of its folder is ever given. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
};

export type PageFile = { content: Buffer<ArrayBuffer>; type: string };

export async function readPageFile(folder: string, pathname: string): Promise<PageFile | null> {
  let name: string;
  try {
    name = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
  } catch {
    return null;
  }
  const file = path.resolve(folder, `.${path.posix.normalize(`/${name}`)}`);
  if (name.includes('\0') || !file.startsWith(folder + path.sep)) return null;
  try {
    return { content: await readFile(file), type: types[path.extname(file)] ?? 'application/octet-stream' };
  } catch {
    return null;
  }
}
