/** How wiring is kept in a checkpoint: as the arrays "mask", "Bout" and "Brec" and the text "cellTypes", where there are any. */
import { LabError } from '../errors.ts';
import type { Tensor } from '../math/tensor.ts';
import type { Wiring } from '../models/wiring.ts';

type Arrays = Record<string, Tensor>;
type Texts = Record<string, string>;

const names = ['mask', 'Bout', 'Brec'] as const;

export function wiringArrays(wiring: Wiring): Arrays {
  return Object.fromEntries(names.flatMap((name) => (wiring[name] ? [[name, wiring[name]]] : [])));
}

export function wiringTexts({ cellTypes }: Wiring): Texts {
  return cellTypes ? { cellTypes: JSON.stringify(cellTypes) } : {};
}

/** Files from before there was wiring hold none of it, and are of plain networks. */
export function wiringIn(tensors: Arrays, metadata: Texts): Wiring {
  const [mask, Bout, Brec] = names.map((name) => tensors[name] ?? null);
  const { cellTypes } = metadata;
  return { mask, Bout, Brec, cellTypes: cellTypes === undefined ? null : rangesIn(cellTypes) };
}

function rangesIn(text: string): [number, number][] {
  let ranges: unknown;
  try {
    ranges = JSON.parse(text);
  } catch {
    ranges = null;
  }
  if (Array.isArray(ranges) && ranges.every(isRange)) return ranges;
  throw new LabError(
    'checkpoint.damaged',
    'Reading a checkpoint: its cell types are not ranges of units. Train the run again from its start.',
  );
}

function isRange(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((v) => Number.isSafeInteger(v) && v >= 0);
}
