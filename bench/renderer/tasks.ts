/** What the page's thread was busy with, from a trace of Chromium. */

export type Kind = 'script' | 'style and layout' | 'painting' | 'collecting' | 'loading' | 'other';

/** One task of the thread: while it lasts nothing is drawn and nobody is heard. */
export type Task = {
  /** ms of processor time, so that other programs on the machine do not count */
  readonly ms: number;
  readonly by: ReadonlyMap<Kind, number>;
  /** what began it, for example FireAnimationFrame */
  readonly cause: string;
};

export type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs by the clock, and on the processor */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
};

const kinds: Readonly<Record<string, Kind>> = {
  FunctionCall: 'script',
  EvaluateScript: 'script',
  'v8.callFunction': 'script',
  'v8.evaluateModule': 'script',
  RunMicrotasks: 'script',
  UpdateLayoutTree: 'style and layout',
  Layout: 'style and layout',
  PrePaint: 'painting',
  Paint: 'painting',
  Layerize: 'painting',
  Commit: 'painting',
  MajorGC: 'collecting',
  MinorGC: 'collecting',
  'V8.GCScavenger': 'collecting',
  ParseHTML: 'loading',
  ParseAuthorStyleSheet: 'loading',
  'v8.compile': 'loading',
  'v8.compileModule': 'loading',
};
const causes = new Set(['FireAnimationFrame', 'TimerFire', 'EventDispatch', 'WebSocketReceive', 'XHRLoad', 'FireIdleCallback', 'EvaluateScript', 'v8.evaluateModule', 'ParseHTML', 'RunMicrotasks', 'UpdateLayoutTree', 'Layout', 'Paint', 'MajorGC', 'MinorGC']); // prettier-ignore

/** Tasks of the page's thread, longest first. */
export function tasksOf(events: readonly TraceEvent[]): Task[] {
  const main = pageThread(events);
  const mine = events
    .filter((e) => e.ph === 'X' && e.pid === main?.pid && e.tid === main.tid)
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const tasks: Task[] = [];
  for (let i = 0; i < mine.length;) {
    if (!isTask(mine[i])) {
      i++;
      continue;
    }
    const end = mine[i].ts + (mine[i].dur ?? 0);
    let next = i + 1;
    while (next < mine.length && mine[next].ts < end) next++;
    tasks.push(taskOf(mine[i], mine.slice(i + 1, next)));
    i = next;
  }
  return tasks.sort((a, b) => b.ms - a.ms);
}

const isTask = ({ name }: TraceEvent): boolean => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask';
const lasting = ({ tdur, dur }: TraceEvent): number => (tdur ?? dur ?? 0) / 1000;

/** Of the processes that draw pages the one that did most. */
function pageThread(events: readonly TraceEvent[]): TraceEvent | undefined {
  const threads = events.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain');
  const spent = ({ pid, tid }: TraceEvent): number =>
    events.reduce((sum, e) => (e.pid === pid && e.tid === tid && isTask(e) ? sum + lasting(e) : sum), 0);
  return threads.map((thread) => ({ thread, ms: spent(thread) })).sort((a, b) => b.ms - a.ms)[0]?.thread;
}

/** Each event's time less that of the events inside it goes to its kind, or to that of the event around it. */
function taskOf(task: TraceEvent, inside: readonly TraceEvent[]): Task {
  const by = new Map<Kind, number>();
  const add = (kind: Kind, ms: number): void => void by.set(kind, (by.get(kind) ?? 0) + ms);
  const around: { end: number; kind: Kind }[] = [];
  add('other', lasting(task));
  for (const event of inside) {
    while (around.length > 0 && around.at(-1)!.end <= event.ts) around.pop();
    const outer = around.at(-1)?.kind ?? 'other';
    const kind = kinds[event.name] ?? outer;
    add(outer, -lasting(event));
    add(kind, lasting(event));
    around.push({ end: event.ts + (event.dur ?? 0), kind });
  }
  const first = inside.find(({ name }) => causes.has(name));
  const type = first?.args?.data?.type;
  return { ms: lasting(task), by, cause: first ? (type ?? first.name) : 'other' };
}
