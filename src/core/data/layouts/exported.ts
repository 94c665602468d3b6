/** Datasets that this program exported, as .npz or NWB (data/exports): they come back as they were. */
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Behaviour, Condition, Dataset, DatasetAbout, FileReport, Source } from '../dataset.ts';
import { descriptionKey, descriptionVersion } from '../exports/datasetExport.ts';
import type { Description } from '../exports/datasetExport.ts';
import { arraysFromNwb } from '../exports/nwbContent.ts';
import type { FileValue } from '../formats/format.ts';
import { isArray } from '../formats/openValue.ts';
import { singleTrialsFrom } from '../singleTrialsFile.ts';
import type { Content, Layout } from './layout.ts';

export const exported: Layout = {
  id: 'lrlab-export',
  recognises: (value) => descriptionIn(value) !== null,
  toContent(value, fileName) {
    const refuse = (what: string): never => {
      throw new LabError(
        'data.exported',
        `Reading "${fileName}", which Learning Rule Lab exported: ${what} Export it again, or remove the entry "${descriptionKey}" to read it as any other file.`,
      );
    };
    const file = value as Map<string, FileValue>;
    const description = parsed(descriptionIn(value)!, refuse);
    const { conditions } = description;
    const arrays = file.has('scratch') ? arraysFromNwb(file, conditions.length) : arraysFromNpz(file);
    return contentFrom(description, arrays, refuse);
  },
};

type Refuse = (what: string) => never;
type Arrays = Readonly<Record<string, Tensor>>;

function descriptionIn(value: FileValue): string | null {
  if (!(value instanceof Map)) return null;
  const scratch = value.get('scratch');
  const text = (scratch instanceof Map ? scratch : value).get(descriptionKey);
  return typeof text === 'string' ? text : null;
}

function arraysFromNpz(file: Map<string, FileValue>): Record<string, Tensor> {
  return Object.fromEntries(
    [...file].flatMap(([name, value]) => (isArray(value) ? [[name, tensor(value.shape, value.data)]] : [])),
  );
}

function parsed(text: string, refuse: Refuse): Description {
  let found: Partial<Description> | null = null;
  try {
    found = JSON.parse(text) as Partial<Description> | null;
  } catch {
    refuse('its description is no JSON.');
  }
  if (typeof found !== 'object' || found === null) return refuse('its description is no dictionary.');
  if (found.version !== descriptionVersion) {
    return refuse(
      `expected version ${descriptionVersion} of its description, found ${String(found.version)}. A newer app may read it.`,
    );
  }
  const { conditions, neuronNames, behaviour } = found;
  const sound =
    isText(found.name) &&
    isText(found.alignment) &&
    typeof found.simulated === 'boolean' &&
    Array.isArray(conditions) &&
    conditions.every(isCondition) &&
    (neuronNames === undefined || (Array.isArray(neuronNames) && neuronNames.every(isText))) &&
    (behaviour === undefined ||
      (isText(behaviour.name) &&
        Array.isArray(behaviour.labels) &&
        behaviour.labels.every(isText) &&
        isSource(behaviour.source))) &&
    isSource(found.source) &&
    isAbout(found.about) &&
    (found.files === undefined || (Array.isArray(found.files) && found.files.every(isReport)));
  return sound
    ? { ...(found as Description), conditions: conditions.map(withNumbers) }
    : refuse('its description lacks a name, an event, conditions or its source.');
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isSource(value: unknown): value is Source {
  const { path, sha256, bytes, format, layout } = (value ?? {}) as Partial<Source>;
  return [path, sha256, format, layout].every(isText) && typeof bytes === 'number';
}

function isAbout(value: unknown): value is DatasetAbout {
  const { notes, licence, citation } = (value ?? {}) as Partial<DatasetAbout>;
  return [notes, licence, citation].every(isText);
}

function isReport(value: unknown): value is FileReport {
  const { file, sha256, kept, why } = (value ?? {}) as Partial<FileReport>;
  return [file, sha256, why].every(isText) && typeof kept === 'boolean';
}

/** JSON has no NaN: a value that is none is no value. */
function withNumbers({ label, values }: Condition): Condition {
  return { label, values: Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value))) };
}

function isCondition(value: unknown): value is Condition {
  const { label, values } = (value ?? {}) as Partial<Condition>;
  return typeof label === 'string' && typeof values === 'object' && values !== null;
}

function contentFrom(description: Description, arrays: Arrays, refuse: Refuse): Content {
  const { name, simulated, alignment, conditions, neuronNames, source, about, files } = description;
  const need = (of: string, shape: readonly (number | null)[]): Tensor => {
    const array = arrays[of];
    const fits =
      array?.shape.length === shape.length && shape.every((n, axis) => n === null || n === array.shape[axis]);
    if (array && fits) return array;
    const [wanted, found] = [shape.map((n) => n ?? 'any').join(' × '), array?.shape.join(' × ') ?? 'none'];
    return refuse(`expected the array "${of}" to be ${wanted}, found ${found}.`);
  };
  const under = (prefix: string): string[] =>
    Object.keys(arrays).flatMap((of) => (of.startsWith(`${prefix}.`) ? [of.slice(prefix.length + 1)] : []));
  const activity = need('activity', [null, null, conditions.length]);
  const [neurons, steps] = activity.shape as [number, number];
  if (neuronNames && neuronNames.length !== neurons) {
    refuse(`expected ${neurons} names of neurons, found ${neuronNames.length}.`);
  }
  const named = (prefix: string, shape: readonly (number | null)[]): Record<string, Tensor> =>
    Object.fromEntries(under(prefix).map((of) => [of, need(`${prefix}.${of}`, shape)]));
  const facts = Object.fromEntries(under('facts').map((of) => [of, arrays[`facts.${of}`]]));
  const singleTrials = trialsIn(arrays, [neurons, steps, conditions.length], refuse);
  return {
    name,
    simulated,
    alignment,
    conditions,
    activity,
    timeMs: doubles(need('time_ms', [steps])),
    ...(neuronNames ? { neuronNames } : {}),
    kinematics: named('kinematics', [conditions.length, steps]),
    facts,
    ...behaviourIn(description, conditions.length, need),
    ...(singleTrials ? { singleTrials } : {}),
    ...taskTrials(description, conditions.length, need, arrays),
    origin: source,
    about,
    ...(files ? { files } : {}),
  };
}

const doubles = ({ data }: Tensor): Float64Array => Float64Array.from(data);

type Need = (of: string, shape: readonly (number | null)[]) => Tensor;

function behaviourIn({ behaviour }: Description, conditions: number, need: Need): { behaviour?: Behaviour } {
  if (!behaviour) return {};
  const { name, labels, source } = behaviour;
  const values = need('behaviour.values', [labels.length, null, conditions]);
  return { behaviour: { name, labels, source, values, timeMs: doubles(need('behaviour.time_ms', [values.shape[1]])) } };
}

function trialsIn(arrays: Arrays, shape: readonly [number, number, number], refuse: Refuse): Dataset['singleTrials'] {
  const { 'single_trials.activity': activity, 'single_trials.of': of } = arrays;
  if (!activity || !of) return undefined;
  const [neurons, steps, conditions] = shape;
  const [rows] = activity.shape;
  const within = (value: number, end: number): boolean => Number.isInteger(value) && value >= 0 && value < end;
  const sound =
    activity.shape.length === 2 &&
    of.shape.length === 2 &&
    of.shape[0] === rows &&
    of.shape[1] === 3 &&
    (rows === 0 || activity.shape[1] === steps) &&
    Array.from({ length: rows }, (_, row) => row).every(
      (row) => within(of.data[3 * row + 1], conditions) && within(of.data[3 * row + 2], neurons),
    );
  return sound ? singleTrialsFrom({ activity, of }) : refuse('its single trials do not fit the averages.');
}

function taskTrials(
  { trialsStart }: Description,
  conditions: number,
  need: Need,
  arrays: Arrays,
): Pick<Dataset, 'trials'> {
  if (!arrays['trials.input'] || trialsStart === undefined) return {};
  const input = need('trials.input', [conditions, null, null]);
  const [, steps] = input.shape;
  return {
    trials: {
      input,
      target: need('trials.target', [conditions, steps]),
      mask: need('trials.mask', [conditions, steps]),
      start: trialsStart,
    },
  };
}
