/** The browser host as a whole: real application, real workspace, real sockets. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient } from '../../src/app/rpc.ts';
import { startBrowserHost } from '../../src/server/compose.ts';
import type { Served } from '../../src/server/serve.ts';
import type { Upload } from '../../src/server/upload.ts';
import { signIn } from '../support/browserSession.ts';
import type { BrowserSession } from '../support/browserSession.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import { writeModelFolder } from '../support/modelFolder.ts';
import { samplePath } from '../support/workspace.ts';

const workspace = temporaryFolder();
const incoming = path.join(workspace, 'incoming');
let served: Served;
let browser: BrowserSession;

beforeAll(async () => {
  served = await startBrowserHost({ workspace, port: 0 });
  browser = await signIn(served.url);
});
afterAll(async () => {
  await served.close();
  removeFolder(workspace);
});

/** fetch sets Host by itself, so a wrong one is sent by hand. */
function statusFor(headers: Record<string, string>, pathname = '/'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(new URL(pathname, served.origin), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

function socketRefusal(headers: Record<string, string>, pathname = '/events'): Promise<number | 'open'> {
  const socket = new WebSocket(served.origin.replace('http', 'ws') + pathname, { headers });
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('unexpected-response', (_request, response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => {}); // follows on the refusal
  });
}

describe('the browser host', () => {
  it('listens on this computer only', () => {
    expect(new URL(served.url).hostname).toBe('127.0.0.1');
  });

  it('answers nothing without the token: no page, no call, no upload, no event', async () => {
    expect((await fetch(served.origin)).status).toBe(401);
    expect((await fetch(`${served.origin}/rpc/app.info`, { method: 'POST', body: '-1' })).status).toBe(401);
    expect((await fetch(`${served.origin}/upload?name=a`, { method: 'PUT', body: 'abc' })).status).toBe(401);
    expect(await socketRefusal({})).toBe(401);
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('refuses a wrong token', async () => {
    expect((await fetch(`${served.origin}/?token=wrong`, { redirect: 'manual' })).status).toBe(403);
  });

  it('refuses the right cookie under another name of this computer, or from another site', async () => {
    const { cookie } = browser;
    expect(await statusFor({ cookie, host: 'rebound.example' })).toBe(421);
    expect(await statusFor({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await socketRefusal({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await socketRefusal({ cookie, origin: served.origin }, '/other')).toBe(404);
    expect(await socketRefusal({ cookie, origin: served.origin })).toBe('open');
  });

  it('does not give the token away to another name of this computer', async () => {
    const { search } = new URL(served.url);
    expect(await statusFor({ host: 'rebound.example' }, `/${search}`)).toBe(421);
  });

  it('sends its headers with every answer, refusals too', async () => {
    for (const response of [await fetch(served.origin), await browser.fetch('/missing.js')]) {
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    ['DELETE', '/'],
    ['POST', '/upload'],
    ['GET', '/rpc/app.info'],
  ])('knows no %s %s', async (method, pathname) => {
    expect([404, 405]).toContain((await browser.fetch(pathname, { method })).status);
  });

  it('refuses a message that is too long, and goes on', async () => {
    const body = 'x'.repeat(5 * 1024 ** 2);
    const status = await browser.fetch('/rpc/run.pause', { method: 'POST', body }).then(
      (response) => response.status,
      () => 'connection closed',
    );
    expect([413, 'connection closed']).toContain(status);
    const client = createClient(browser.transport());
    expect((await client['app.info']()).host).toBe('browser');
  });

  it('takes a file, imports it, tells it as an event, and removes the file', async () => {
    const transport = browser.transport();
    const client = createClient(transport);
    const changed: string[] = [];
    client.on('dataset.changed', ({ dataset }) => changed.push(dataset));

    const response = await browser.fetch('/upload?name=my%20recording.npz', {
      method: 'PUT',
      body: readFileSync(samplePath),
    });
    const { path: file } = (await response.json()) as { path: string };
    expect(readFileSync(file)).toEqual(readFileSync(samplePath));

    const reply = await client['dataset.import']({ path: file });
    if (reply.kind !== 'dataset') throw new Error('expected a dataset');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(incoming)).toEqual([]);
    expect((await client['dataset.list']()).map(({ id }) => id)).toEqual([reply.dataset.id]);
    await expect.poll(() => changed).toEqual([reply.dataset.id]);
    transport.close();
  });

  it('takes the files of a folder of trained networks, imports them, and removes the files', async () => {
    const outside = temporaryFolder();
    writeModelFolder(path.join(outside, 'nets'));
    writeModelFolder(path.join(outside, 'nets'), { name: 'b_lm0_x', settings: null });
    const transport = browser.transport();
    const client = createClient(transport);
    const { id: dataset } = await client['dataset.importSample']();
    let upload: Upload | null = null;
    for (const entry of readdirSync(outside, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(outside, file).split(path.sep).join('/');
      const query = new URLSearchParams({ name, ...(upload ? { joins: upload.id } : {}) });
      const response = await browser.fetch(`/upload?${query.toString()}`, { method: 'PUT', body: readFileSync(file) });
      upload = (await response.json()) as Upload;
    }
    const [bad, good] = await client['model.import']({ path: upload!.path, dataset });
    expect(bad).toMatchObject({ folder: 'b_lm0_x', run: null, error: { code: 'published.settings' } });
    expect(good).toMatchObject({ folder: 'small_rng5_lm1_lr0.0003', error: null, notes: [] });
    expect((await client['run.get']({ run: good.run! })).origin!.files).toHaveLength(4);
    expect(readdirSync(incoming)).toEqual([]);
    const refused = await browser.fetch('/upload?name=a&joins=../runs', { method: 'PUT', body: 'a' });
    expect(refused.ok).toBe(false);
    transport.close();
    removeFolder(outside);
  });

  it('says that a port is taken', async () => {
    const other = temporaryFolder();
    const port = Number(new URL(served.url).port);
    await expect(startBrowserHost({ workspace: other, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    removeFolder(other);
  });

  it('closes with a page still open', async () => {
    const other = temporaryFolder();
    const second = await startBrowserHost({ workspace: other, port: 0 });
    const transport = (await signIn(second.url)).transport();
    await transport.call('app.info', '-1');
    await second.close();
    await expect(fetch(second.origin)).rejects.toThrow();
    transport.close();
    removeFolder(other);
  });
});
