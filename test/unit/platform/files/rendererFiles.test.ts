import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageHeaders, readRendererFile } from '../../../../src/platform/files/rendererFiles.ts';
import { removeFolder, temporaryFolder } from '../../../support/folders.ts';

let folder: string;
const page = (): string => path.join(folder, 'page');

beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(path.join(page(), 'assets'), { recursive: true });
  mkdirSync(`${page()}-other`);
  writeFileSync(path.join(page(), 'index.html'), '<!doctype html>');
  writeFileSync(path.join(page(), 'assets', 'a b.js'), '1');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(`${page()}-other`, 'secret.txt'), 'secret');
});
afterAll(() => removeFolder(folder));

describe('files of the page', () => {
  it('are found by their address, percent-encoded or not', async () => {
    expect((await readRendererFile(page(), '/'))?.contentType).toBe('text/html; charset=utf-8');
    expect((await readRendererFile(page(), '/assets/a%20b.js'))?.body.toString()).toBe('1');
    expect((await readRendererFile(page(), '/assets/a b.js'))?.contentType).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/../page-other/secret.txt',
    '//secret.txt',
    '/assets',
    '/missing.js',
    '/%',
    '/a%00b',
  ])('are not given from elsewhere: %s', async (address) => {
    expect(await readRendererFile(page(), address)).toBeNull();
  });
});

describe('headers of the page', () => {
  it('allow no script and no style sheet but its own, and no frame around it', () => {
    const policy = pageHeaders['Content-Security-Policy'];
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
  });
});
