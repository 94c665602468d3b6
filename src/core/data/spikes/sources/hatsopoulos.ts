/**
 * Raw recordings of the Hatsopoulos laboratory (Dryad, doi:10.5061/dryad.xsj3tx9cm, MATLAB 7.3): centre-out reaches. Taken
 * from how public programs read these files; the files themselves were not at hand.
 *
 *   spikes       cell per channel: spike times in seconds, or a cell of them per unit; `chans` may number the channels
 *   Chan012a …   or one variable of spike times per unit
 *   stmv_cell, endmv_cell, go_cell, instr_cell
 *                cell per direction (0°, 45°, …): times of movement onset, movement end, go cue and instruction, one per trial
 *   cpl_45deg_stmv, …_endmv, …_go, …_instr
 *                or one variable of times per direction
 *   events.times or a cell of times: instruction, go cue, movement onset and end in cells 2 to 5, in cells 7 to 14 one per
 *                direction
 *   x, y         time and place of the hand, two columns each;  th1, th2 (or shoulder, elbow): angles of the joints
 */
import type { Entry, FileValue, OpenFile } from '../../formats/format.ts';
import type { Signal, SpikeUnit, TrialColumn } from '../recording.ts';
import { placeOf } from '../recording.ts';
import { eventIds, events, hatsopoulosTrials, hatsopoulosTrialsAre } from './hatsopoulosTrials.ts';
import type { Trials } from './hatsopoulosTrials.ts';
import { entriesOf, isAscending, pairsOf, spikeTimes, vectorOf, withoutEnding } from './source.ts';
import type { SpikeSource } from './source.ts';

const signals: [keys: readonly string[], name: string, velocity?: string][] = [
  [['x'], 'handX', 'handVx'],
  [['y'], 'handY', 'handVy'],
  [['th1', 'shoulder'], 'shoulderAngle'],
  [['th2', 'elbow'], 'elbowAngle'],
];

const unitVariable = /^Chan(\d+[a-z]*)$/i;

export const hatsopoulosSpikes: SpikeSource = {
  id: 'spikes-hatsopoulos',
  recognises(root) {
    const entries = entriesOf(root);
    const keys = [...entries.keys()];
    const spikes = entries.get('spikes')?.kind === 'list' || keys.some((key) => unitVariable.test(key));
    return spikes && hatsopoulosTrialsAre(root) !== null;
  },
  read(file, fileName) {
    const entries = entriesOf(file.root);
    const units = entries.get('spikes')?.kind === 'list' ? unitsInCells(file, fileName) : unitsInVariables(file, fileName); // prettier-ignore
    const trials = hatsopoulosTrials(file, fileName);
    const measured = signalsOf(file);
    return {
      name: withoutEnding(fileName),
      units,
      trials: { count: trials.direction.length, columns: columnsOf(trials) },
      signals: measured,
      suggested: { signals: 'scaled' }, // as the published averages are
      movement: { from: events.stmv, to: events.endmv },
      why: [
        'Named like the raw centre-out recordings of the Hatsopoulos laboratory (Dryad, doi:10.5061/dryad.xsj3tx9cm). The names are those that public programs read; the published files themselves have not been tried.',
        ...(trials.inOrder
          ? [`The file does not say which direction each of ${trials.inOrder} is: taken are 0°, 45°, … in order. ${checkedByHand(trials, measured)}`] // prettier-ignore
          : []),
      ],
    };
  },
};

function unitsInCells(file: OpenFile, fileName: string): SpikeUnit[] {
  const channels = file.read(['spikes']) as FileValue[];
  const numbers = entriesOf(file.root).has('chans') ? vectorOf(file.read(['chans'])) : null;
  const label = (k: number): string => String(numbers?.length === channels.length ? numbers[k] : k + 1);
  return channels.flatMap((channel, k) => {
    if (!Array.isArray(channel)) return isEmpty(channel) ? [] : [{ name: label(k), times: spikeTimes(channel, `channel ${label(k)}`, fileName) }]; // prettier-ignore
    return channel.flatMap((unit, u) => {
      const name = `${label(k)}${letter(u)}`;
      return isEmpty(unit) ? [] : [{ name, times: spikeTimes(unit, `unit ${name}`, fileName) }];
    });
  });
}

function unitsInVariables(file: OpenFile, fileName: string): SpikeUnit[] {
  const names = [...entriesOf(file.root).keys()].filter((key) => unitVariable.test(key)).sort();
  return names.map((key) => {
    const name = unitVariable.exec(key)![1].replace(/^0+(?=\d)/, '');
    return { name, times: spikeTimes(file.read([key]), `"${key}"`, fileName) };
  });
}

/** Channels without a unit are empty. */
const isEmpty = (value: FileValue): boolean => value === null || vectorOf(value)?.length === 0;
const letter = (k: number): string => String.fromCharCode(97 + (k % 26)).repeat(1 + Math.floor(k / 26));

function columnsOf({ direction, inOrder: _, ...times }: Trials): TrialColumn[] {
  return [
    ...eventIds.map((id): TrialColumn => ({ name: events[id], kind: 'event', values: Float64Array.from(times[id]) })),
    { name: 'direction', kind: 'number', values: Float64Array.from(direction) },
  ];
}

function signalsOf(file: OpenFile): Signal[] {
  const entries = entriesOf(file.root);
  return signals.flatMap(([keys, name, velocity]): Signal[] => {
    const key = keys.find((k) => isPairs(entries.get(k)));
    const [times, values] = (key === undefined ? null : pairsOf(file.read([key]))) ?? [];
    if (!times || !values || !isAscending(times)) return [];
    return [{ name, times, values, ...(velocity === undefined ? {} : { velocity }) }];
  });
}

const isPairs = (entry: Entry | undefined): boolean => entry?.kind === 'array' && entry.shape.length === 2 && entry.shape.includes(2); // prettier-ignore

/** Whether the hand goes where the order of the cells says, where it was recorded. */
function checkedByHand({ direction, stmv, endmv }: Trials, measured: readonly Signal[]): string {
  const [x, y] = ['handX', 'handY'].map((name) => measured.find((signal) => signal.name === name));
  if (!x || !y) return 'The place of the hand is not there to check it.';
  const valueAt = ({ times, values }: Signal, s: number): number => values[placeOf(times, s)] ?? NaN;
  const off = direction.flatMap((degrees, k) => {
    const [dx, dy] = [x, y].map((signal) => valueAt(signal, endmv[k]) - valueAt(signal, stmv[k]));
    const angle = (Math.atan2(dy, dx) * 180) / Math.PI - degrees;
    return Number.isFinite(angle) ? [Math.abs(angle - 360 * Math.round(angle / 360))] : [];
  });
  const right = off.filter((degrees) => degrees < 45).length;
  if (off.length === 0) return 'The place of the hand does not tell.';
  if (right > 0.8 * off.length) return `The hand agrees in ${right} of ${off.length} trials.`;
  return `The hand does NOT agree: it moves that way in ${right} of ${off.length} trials only. Check the directions before you use them.`;
}
