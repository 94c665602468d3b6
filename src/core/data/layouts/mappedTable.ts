/** A table with the user's word on what its columns are, and a guess at it. */
import type { FileValue } from '../formats/format.ts';
import type { Content } from './layout.ts';
import { refuse } from './mappedLabels.ts';
import { msPer } from './mappedTimes.ts';
import type { ColumnFacts, Question, TableMapping } from './mapping.ts';
import { roleOf, tableOf, unitOfTime } from './tableColumns.ts';
import type { Role, TableColumn } from './tableColumns.ts';
import { contentOfTable } from './tableContent.ts';

/** Throws LabError `mapping.column`, `data.table`, and what averaging over trials throws. */
export function contentByColumns(value: FileValue, mapping: TableMapping, fileName: string): Content {
  const columns = tableOf(value);
  if (!columns)
    return refuse('mapping.column', fileName, 'expected a table, found arrays. Give a mapping with "array".');
  const column = (name: string): TableColumn => {
    const found = columns.find((c) => c.name === name);
    const said = `there is no column "${name}". Choose one that is there: ${columns.slice(0, 12).map((c) => c.name).join(', ')}.`; // prettier-ignore
    return found ?? refuse('mapping.column', fileName, said);
  };
  const { neuron, rate, neurons, conditions = [], trial } = mapping;
  const used = [mapping.time, ...conditions, ...(trial === undefined ? [] : [trial]), ...(neurons ?? [neuron!, rate!])];
  const twice = used.find((name, place) => used.indexOf(name) !== place);
  if (twice !== undefined) refuse('mapping.column', fileName, `the column "${twice}" is named twice. Name each for one thing.`); // prettier-ignore
  const rates = neurons ? neurons.map(column) : { neuron: column(neuron!), rate: column(rate!) };
  const roles = {
    time: column(mapping.time),
    timeUnit: msPer[mapping.timeUnit],
    conditions: conditions.map(column),
    trial: trial === undefined ? null : column(trial),
    rates,
  };
  return { name: mapping.name, alignment: mapping.alignment, ...contentOfTable(roles, mapping.minTrials, fileName) };
}

/** What has to be asked about a table that no layout understands; null where the file is no table. */
export function columnsOf(value: FileValue): ColumnFacts[] | null {
  const columns = tableOf(value);
  return (
    columns?.map(({ name, cells }) => ({
      name,
      numbers: cells instanceof Float64Array,
      levels: new Set<unknown>(cells).size,
      first: Array.from({ length: Math.min(3, cells.length) }, (_, row) => String(cells[row]).slice(0, 24)).join(', '),
    })) ?? null
  );
}

/**
 * Columns by their names, else by what is in them: times are numbers that differ, conditions texts, or numbers that repeat.
 * Columns of numbers that are nothing else are neurons.
 */
export function guessColumns(
  columns: readonly ColumnFacts[],
  fileName: string,
): Pick<Question, 'reasons'> & { mapping: TableMapping } {
  const named = (role: Role): ColumnFacts | undefined => columns.find(({ name }) => roleOf(name) === role);
  const numbers = columns.filter((c) => c.numbers && roleOf(c.name) !== 'index');
  const neuron = named('neuron');
  const rate = neuron ? (named('rate') ?? numbers.toReversed().find((c) => c !== neuron && c !== named('time'))) : undefined; // prettier-ignore
  const trial = named('trial');
  const rest = numbers.filter((c) => c !== neuron && c !== rate && c !== trial);
  const time = named('time') ?? rest[0] ?? columns[0];
  const condition = named('condition') ?? columns.find((c) => !c.numbers && c !== neuron && c !== trial);
  const reasons: Record<string, string> = {
    time: named('time') ? 'by its name' : 'the first column of numbers',
    ...(condition ? { conditions: named('condition') ? 'by its name' : 'the first column of text' } : {}),
    ...(trial ? { trial: 'by its name' } : {}),
  };
  const ms = unitOfTime(time.name);
  const common = {
    kind: 'table' as const,
    time: time.name,
    timeUnit: ms === 1000 ? ('s' as const) : ('ms' as const),
    ...(condition ? { conditions: [condition.name] } : {}),
    ...(trial ? { trial: trial.name } : {}),
    alignment: 'alignment event',
    name: fileName.replace(/\.[^.]*$/, ''),
  };
  if (neuron && rate) {
    const long = {
      ...reasons,
      neuron: 'by its name',
      rate: named('rate') ? 'by its name' : 'the last column of numbers',
    };
    return { mapping: { ...common, neuron: neuron.name, rate: rate.name }, reasons: long };
  }
  const neurons = rest.filter((c) => c !== time && c !== condition).map(({ name }) => name);
  return { mapping: { ...common, neurons }, reasons: { ...reasons, neurons: 'all other columns of numbers' } };
}
