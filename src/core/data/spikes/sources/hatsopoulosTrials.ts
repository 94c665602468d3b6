/** Trials of the raw recordings of the Hatsopoulos laboratory, in the three ways that their files have; see hatsopoulos.ts. */
import type { Entry, FileValue, OpenFile } from '../../formats/format.ts';
import { entriesOf, refuse, vectorOf } from './source.ts';

export const events = { instr: 'instruction', go: 'go cue', stmv: 'movement onset', endmv: 'movement end' } as const;
type EventId = keyof typeof events;
export const eventIds = Object.keys(events) as EventId[];

/**
 * Directions of the trials, and the times of their events; a time that was not kept is NaN. inOrder: what is taken for the
 * directions 0°, 45°, … in order; null: the file says which is which.
 */
export type Trials = { direction: number[]; inOrder: string | null } & Record<EventId, number[]>;

const directionVariable = /^cpl_(\d+)deg_stmv$/;

/** Cells of events.times, from 0. */
const cellOf: Record<EventId, number> = { instr: 1, go: 2, stmv: 3, endmv: 4 };
const directionCells = { first: 6, count: 8 };

/** Which of the ways a file has; null: none. */
export function hatsopoulosTrialsAre(root: Entry): 'cells' | 'variables' | 'events' | null {
  const entries = entriesOf(root);
  if (entries.get('stmv_cell')?.kind === 'list') return 'cells';
  if ([...entries.keys()].some((key) => directionVariable.test(key))) return 'variables';
  const times = entriesOf(entries.get('events')).get('times');
  return times?.kind === 'list' && times.length >= directionCells.first + directionCells.count ? 'events' : null;
}

/** Throws LabError `spikes.trials` where events do not fit together. */
export function hatsopoulosTrials(file: OpenFile, fileName: string): Trials {
  const way = hatsopoulosTrialsAre(file.root);
  if (way === 'cells') return trialsInCells(file, fileName);
  return way === 'variables' ? trialsInVariables(file, fileName) : trialsInEvents(file, fileName);
}

function trialsInCells(file: OpenFile, fileName: string): Trials {
  const lists = Object.fromEntries(
    eventIds.map((id) => {
      const key = `${id}_cell`;
      const value = entriesOf(file.root).has(key) ? file.read([key]) : [];
      return [id, (Array.isArray(value) ? value : []).map((times) => vectorOf(times) ?? new Float64Array())];
    }),
  ) as Record<EventId, Float64Array[]>;
  const count = lists.stmv.length;
  const degrees = Array.from({ length: count }, (_, k) => (360 / count) * k);
  return {
    ...joined(degrees, (id, k) => lists[id][k] ?? new Float64Array(), fileName),
    inOrder: 'the cells of trials',
  };
}

function trialsInVariables(file: OpenFile, fileName: string): Trials {
  const entries = entriesOf(file.root);
  const degrees = [...entries.keys()].flatMap((key) => directionVariable.exec(key)?.[1] ?? []).map(Number).sort((a, b) => a - b); // prettier-ignore
  const times = (id: EventId, k: number): Float64Array => {
    const key = `cpl_${degrees[k]}deg_${id}`;
    return (entries.has(key) ? vectorOf(file.read([key])) : null) ?? new Float64Array();
  };
  return joined(degrees, times, fileName);
}

/** Go cue, onset and end of a trial have the same place in their cells; its instruction is the one nearest to its go cue. */
function trialsInEvents(file: OpenFile, fileName: string): Trials {
  const cells = (file.read(['events', 'times']) as FileValue[]).map((times) => vectorOf(times) ?? new Float64Array());
  const of = (id: EventId): Float64Array => cells[cellOf[id]];
  const byDirection = cells.slice(directionCells.first, directionCells.first + directionCells.count);
  const instructions = [...of('go')].map((go) => nearest(of('instr'), go));
  const direction = instructions.map((instruction) => {
    const away = byDirection.map((times) => Math.abs(nearest(times, instruction) - instruction));
    return (360 / directionCells.count) * away.indexOf(Math.min(...away.map((s) => (Number.isNaN(s) ? Infinity : s))));
  });
  const times = (id: EventId, degrees: number): Float64Array => {
    const all = id === 'instr' ? Float64Array.from(instructions) : of(id);
    return all.filter((_, trial) => direction[trial] === degrees);
  };
  const degrees = byDirection.map((_, k) => (360 / directionCells.count) * k);
  return { ...joined(degrees, (id, k) => times(id, degrees[k]), fileName), inOrder: 'the last eight cells of events' };
}

/** NaN where there are none. */
function nearest(times: Float64Array, to: number): number {
  return times.reduce((best, time) => (Math.abs(time - to) < Math.abs(best - to) || Number.isNaN(best) ? time : best), NaN); // prettier-ignore
}

/** Trials of all directions in the order in which they were made. */
function joined(degrees: readonly number[], times: (id: EventId, k: number) => Float64Array, fileName: string): Trials {
  const rows = degrees.flatMap((direction, k) => {
    const onsets = times('stmv', k);
    const others = new Map(eventIds.map((id) => [id, times(id, k)]));
    for (const [id, list] of others) {
      if (list.length === onsets.length || list.length === 0) continue;
      refuse(
        'trials',
        fileName,
        `expected as many times of ${events[id]} as of movement onset (${onsets.length}) at ${direction}°, found ${list.length}.`,
      );
    }
    return [...onsets].map((_, trial) => ({ direction, at: (id: EventId) => others.get(id)![trial] ?? NaN }));
  });
  rows.sort((a, b) => a.at('stmv') - b.at('stmv'));
  if (rows.length === 0) refuse('trials', fileName, 'expected times of movement onset, found none.');
  const of = (id: EventId): number[] => rows.map(({ at }) => at(id));
  return { direction: rows.map((r) => r.direction), instr: of('instr'), go: of('go'), stmv: of('stmv'), endmv: of('endmv'), inOrder: null }; // prettier-ignore
}
