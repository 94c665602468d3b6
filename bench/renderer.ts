/** For how long the page's thread is busy at a time, on every page of the app. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import type { Browser, CDPSession } from 'playwright';
import { addressOf } from '../test/support/host.ts';
import type { Benchmark } from './benchmark.ts';
import { curves, makeHome, recording } from './renderer/home.ts';
import type { Home } from './renderer/home.ts';
import { tasksOf } from './renderer/tasks.ts';
import type { Task, TraceEvent } from './renderer/tasks.ts';
import { settling } from './renderer/settled.ts';
import { walk } from './renderer/walk.ts';
import { table } from './table.ts';

const rounds = 3;
/** of a screen that is drawn 60 times a second, ms */
const frame = 16;
const project = path.resolve(import.meta.dirname, '..');
const points = curves.rules.length * (curves.seeds + 1) * curves.updates;

export const renderer: Benchmark = {
  name: 'renderer',
  title: 'How long the page is busy at a time',
  method:
    `The app in Chromium, its host beside it, with a recording of ${recording.neurons} neurons × ${recording.steps} steps × ` +
    `${recording.conditions} conditions and ${curves.rules.length * curves.seeds} runs of ${curves.updates} updates, whose figure of ` +
    `losses has ${points} points with the means. A walk through all pages is traced step by step, ${rounds} times after a first one ` +
    "that does not count. Of each step: the longest task of the page's thread in ms of processor time, the smallest over the " +
    'rounds, and what it was spent on. While a task lasts nothing is drawn. To reach: no task of ours above ' +
    `${frame} ms. The first step is the browser loading the page.`,
  async measure() {
    if (!existsSync(path.join(project, 'dist/renderer/index.html')))
      return 'Not measured: `npm run build` makes the page.';
    const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-bench-'));
    try {
      const home = makeHome(folder);
      const host = spawn(process.execPath, [path.join(project, 'src/cli/index.ts'), '--home', folder, 'serve']);
      try {
        return await measured(await addressOf(host), home);
      } finally {
        const ended = once(host, 'exit');
        host.kill('SIGTERM');
        await ended;
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function measured(url: string, home: Home): Promise<string> {
  const steps = walk(url, home).map(({ name }) => name);
  const longest = new Map<string, Task[]>();
  for (let round = -1; round < rounds; round++) {
    const browser = await open();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const settle = settling(page);
      const session = await browser.newBrowserCDPSession();
      for (const { name, act } of walk(url, home)) {
        const [task] = tasksOf(await traced(session, async () => {
            await act(page);
            await settle();
          })); // prettier-ignore
        if (round >= 0 && task) longest.set(name, [...(longest.get(name) ?? []), task]);
      }
    } finally {
      await browser.close();
    }
  }
  const rows = steps.map((name) => {
    const [least] = longest.get(name)!.toSorted((a, b) => a.ms - b.ms);
    return [name, least.ms.toFixed(1), least.ms > frame ? 'too long' : '', least.cause, partsOf(least)];
  });
  return table(['step', 'longest task', '', 'begun by', 'spent on'], rows);
}

function open(): Promise<Browser> {
  const program = process.env['CHROMIUM'];
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ ...(program ? { executablePath: program } : {}), args });
}

const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'];

async function traced(session: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const keep = ({ value }: { value: object[] }): void => void events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', keep);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, excludedCategories: ['*'] },
  });
  await act();
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', keep);
  return events;
}

/** "script 12.1, style and layout 3.0" */
function partsOf({ by }: Task): string {
  return [...by]
    .filter(([, ms]) => ms >= 1)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, ms]) => `${kind} ${ms.toFixed(1)}`)
    .join(', ');
}
