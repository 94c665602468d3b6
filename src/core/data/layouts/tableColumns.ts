/** Tables (formats/csv.ts), and what their columns are by name. */
import { LabError } from '../../errors.ts';
import type { FileArray, FileValue } from '../formats/format.ts';
import { isArray } from './reaching.ts';

export type TableColumn = { readonly name: string; readonly cells: FileArray['data'] | readonly string[] };

export type Role = 'neuron' | 'time' | 'condition' | 'rate' | 'trial' | 'index';

/** Names without their unit, case, spaces and signs. */
const spellings: Record<Role, readonly string[]> = {
  neuron: ['neuron', 'neuronid', 'neuronindex', 'neuronnumber', 'unit', 'unitid', 'cell', 'cellid', 'cluster', 'clusterid'], // prettier-ignore
  time: ['time', 't', 'timestamp', ''], // a unit alone
  condition: ['condition', 'cond', 'conditionid', 'conditionname', 'stimulus', 'stim', 'stimulusid', 'direction', 'trialtype'], // prettier-ignore
  rate: ['rate', 'firingrate', 'spikerate', 'fr', 'activity', 'value', 'response'],
  trial: ['trial', 'trialid', 'trialnumber', 'trialindex', 'repetition', 'repeat', 'rep'],
  index: ['index', 'row', 'unnamed0'],
};

const milliseconds = ['ms', 'msec', 'millisecond', 'milliseconds'];
const seconds = ['s', 'sec', 'second', 'seconds'];
const units = [...milliseconds, ...seconds, 'hz', 'deg', 'degrees'];

/** "Firing rate (Hz)", "timeMs", "unit_id" → words in lower case */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

export function roleOf(name: string): Role | null {
  const words = wordsOf(name);
  const bare = words.filter((word) => !units.includes(word)).join('');
  if (bare === '' && unitOfTime(name) === null) return null;
  return (Object.keys(spellings) as Role[]).find((role) => spellings[role].includes(bare)) ?? null;
}

/** Length in ms of the unit that the name of a column says; null where it says none. */
export function unitOfTime(name: string): number | null {
  const words = wordsOf(name);
  if (words.some((word) => milliseconds.includes(word))) return 1;
  return words.some((word) => seconds.includes(word)) ? 1000 : null;
}

/** The columns of a table; null where the value is none. */
export function tableOf(value: FileValue): TableColumn[] | null {
  const columns = value instanceof Map && value.has('names') ? value.get('columns') : null;
  if (!(columns instanceof Map)) return null;
  const found: TableColumn[] = [];
  for (const [name, cells] of columns) {
    if (isArray(cells) && cells.shape.length === 1) found.push({ name, cells: cells.data });
    else if (Array.isArray(cells) && cells.every((cell) => typeof cell === 'string')) found.push({ name, cells });
    else return null;
  }
  return found.every(({ cells }) => cells.length === found[0].cells.length) ? found : null;
}

/** The columns that have a role. Throws LabError `data.table` where two have the same. */
export function rolesIn(columns: readonly TableColumn[], fileName: string): ReadonlyMap<Role, TableColumn> {
  const roles = new Map<Role, TableColumn>();
  for (const column of columns) {
    const role = roleOf(column.name);
    if (role === null) continue;
    const before = roles.get(role);
    if (before)
      refuse(fileName, `both "${before.name}" and "${column.name}" may be the ${role}. Rename or remove one.`);
    roles.set(role, column);
  }
  return roles;
}

export function refuse(fileName: string, what: string): never {
  throw new LabError('data.table', `Reading the table "${fileName}": ${what}`);
}
