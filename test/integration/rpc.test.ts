/** Calls and events over every transport that runs on Node: the same answers, whatever carries them. */
import { stringify } from 'devalue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handlers } from '../../src/app/contract.ts';
import type { RunId } from '../../src/app/plan.ts';
import { createClient } from '../../src/app/rpc.ts';
import type { Transport } from '../../src/app/rpc.ts';
import { createEventHub, createHost, directTransport } from '../../src/app/rpcHost.ts';
import { LabError } from '../../src/core/errors.ts';
import { serve } from '../../src/server/serve.ts';
import type { Served } from '../../src/server/serve.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import { signIn } from '../support/browserSession.ts';
import { openLab } from '../support/workspace.ts';

const columns = {
  update: Float64Array.of(1, 2),
  main: Float64Array.of(NaN, -0),
  activity: Float64Array.of(Infinity, -Infinity),
  activityPenalty: Float64Array.of(5e-324, Number.MAX_VALUE),
  gradientNorm: Float64Array.of(0.1, 1 / 3),
};

/** What the contract carries, without an application behind it: each handler shows one thing. */
const handlers = {
  'settings.get': () => ({ threads: null, parallelRuns: null, theme: 'dark' }),
  'run.updates': () => columns,
  'run.pause': () => undefined,
  'run.cancel': () => {
    throw new LabError('run.unknown', 'Looking up run "x": there is none.');
  },
  'run.list': () => {
    throw new RangeError('a fault of the program');
  },
  'dataset.list': () => [{ id: 'half a dataset' }],
} as unknown as Handlers;

const folder = temporaryFolder();
const hub = createEventHub();
const host = createHost(handlers, hub);
let served: Served;
let http: Transport & { close(): void };

beforeAll(async () => {
  served = await serve({ host, rendererFolder: folder, incomingFolder: folder, largestUpload: 10 });
  http = (await signIn(served.url)).transport();
});
afterAll(async () => {
  http.close();
  await served.close();
  removeFolder(folder);
});

describe.each([
  ['in the process', (): Transport => directTransport(host)],
  ['over HTTP', (): Transport => http],
])('calls %s', (_, transport) => {
  const client = createClient({
    call: (name, input) => transport().call(name, input),
    onEvent: (listener) => transport().onEvent(listener),
  });
  const run = 'r1' as RunId;

  it('bring back what the handler gave, bit for bit', async () => {
    expect(await client['settings.get']()).toEqual({ threads: null, parallelRuns: null, theme: 'dark' });
    const back = await client['run.updates']({ run });
    for (const name of ['update', 'main', 'activity', 'activityPenalty', 'gradientNorm'] as const) {
      expect(new BigUint64Array(back[name].buffer), name).toEqual(new BigUint64Array(columns[name].buffer));
    }
    expect(await client['run.pause']({ runs: [run] })).toBeUndefined();
  });

  it('throw the error of the application with its code', async () => {
    await expect(client['run.cancel']({ runs: [run] })).rejects.toMatchObject({
      name: 'LabError',
      code: 'run.unknown',
      message: 'Looking up run "x": there is none.',
    });
  });

  it('tell faults of the program apart from errors', async () => {
    await expect(client['run.list']()).rejects.toMatchObject({ code: 'internal', message: 'a fault of the program' });
  });

  it('refuse an input of the wrong shape and say where', async () => {
    const wrong = client['run.pause']({ runs: 'all' } as never);
    await expect(wrong).rejects.toMatchObject({
      code: 'rpc.input',
      message: expect.stringContaining('runs') as string,
    });
  });

  it('refuse an answer of the wrong shape rather than pass it on', async () => {
    await expect(client['dataset.list']()).rejects.toMatchObject({ code: 'rpc.output' });
  });

  it.each(['no.such', 'toString', '__proto__', ''])('refuse the unknown call "%s"', async (name) => {
    const reply = await transport().call(name, stringify(undefined));
    expect(reply).toMatchObject({ ok: false, error: { code: 'rpc.unknown' } });
  });

  it.each(['', 'not devalue', '{}', '[[1]]', 'null'])('refuse the message %j', async (message) => {
    const reply = await transport().call('run.pause', message);
    expect(reply).toMatchObject({ ok: false, error: { code: 'rpc.input' } });
  });

  it('hear events until they stop listening', async () => {
    const heard: unknown[] = [];
    const stop = client.on('run.removed', (event) => heard.push(event));
    hub.emit('run.removed', { run });
    hub.emit('dataset.changed', { dataset: 'd1' as never });
    await expect.poll(() => heard).toEqual([{ run }]);
    stop();
    hub.emit('run.removed', { run });
    await client['settings.get'](); // a round trip later
    expect(heard).toHaveLength(1);
  });
});

describe('the application', () => {
  it('answers what every page asks first in the shape of the contract', async () => {
    const lab = openLab();
    const client = createClient(directTransport(createHost(lab.service.handlers, createEventHub())));
    expect((await client['app.info']()).host).toBe('cli');
    const { metrics: found } = await client['app.choices']();
    expect(found.map(({ id }) => id)).toEqual(metrics.comparisons.map(({ id }) => id));
    await lab.close();
    removeFolder(lab.folder);
  });
});

describe('a client', () => {
  it('is not taken for a promise', async () => {
    const client = createClient(directTransport(host));
    expect(await Promise.resolve(client)).toBe(client);
  });
});

describe('an event', () => {
  it('of the wrong shape is a fault where it is made', () => {
    const stop = hub.subscribe(() => {});
    expect(() => hub.emit('run.removed', { wrong: true } as never)).toThrow();
    stop();
  });
});
