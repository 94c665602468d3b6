/** The built page as files, and the headers it is sent with: the same for the browser host and for app:// in Electron. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Everything from the page's own origin; inline styles only as attributes; pictures also made by the page itself. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export type RendererFile = { body: Buffer<ArrayBuffer>; contentType: string };

/** The file at `pathname` (percent-encoded, `/` = index.html) inside `folder`; null when there is none or it lies outside. */
export async function readRendererFile(folder: string, pathname: string): Promise<RendererFile | null> {
  const file = confinedPath(folder, pathname === '/' ? '/index.html' : pathname);
  if (file === null) return null;
  try {
    const contentType = contentTypes[path.extname(file)] ?? 'application/octet-stream';
    return { body: await readFile(file), contentType };
  } catch {
    return null;
  }
}

export function confinedPath(folder: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const root = path.resolve(folder);
  const file = path.resolve(root, `.${path.sep}${decoded}`);
  return file.startsWith(root + path.sep) ? file : null;
}
