/**
 * A Dataset as NumPy's .npz: one array per name, texts as arrays of text, the description as JSON. `numpy.load` opens it
 * without pickles.
 */
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { Condition, Dataset } from '../dataset.ts';
import { npzOf } from '../formats/npzFile.ts';
import { arraysOfDataset, descriptionKey, descriptionOf } from './datasetExport.ts';
import type { ExportFacts } from './datasetExport.ts';

export function npzExport(dataset: Dataset, facts: ExportFacts): Uint8Array {
  return npzOf({
    ...arraysOfDataset(dataset),
    condition_labels: dataset.conditions.map(({ label }) => label),
    ...valuesOf(dataset.conditions),
    ...(dataset.neuronNames ? { neuron_names: dataset.neuronNames } : {}),
    [descriptionKey]: descriptionOf(dataset, facts),
  });
}

/** One array over conditions for each value that they have; NaN where a condition lacks it. */
function valuesOf(conditions: readonly Condition[]): Record<string, Tensor> {
  const names = [...new Set(conditions.flatMap(({ values }) => Object.keys(values)))];
  const column = (name: string): Tensor =>
    tensor(
      [conditions.length],
      Float64Array.from(conditions, ({ values }) => values[name] ?? NaN),
    );
  return Object.fromEntries(names.map((name) => [`condition_values.${name}`, column(name)]));
}
