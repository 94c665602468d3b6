/** An engine opens a network only with the wiring that its rule needs. */
import { LabError } from '../errors.ts';
import type { Tensor } from '../math/tensor.ts';
import type { Wiring } from '../models/wiring.ts';
import type { TrainingSetup } from './engine.ts';

/** Throws LabError `engine.wiring` with what is missing or does not fit. */
export function requireWiring({ shape, rule }: TrainingSetup, { mask, Bout, Brec, cellTypes }: Wiring): void {
  const { units: N, outputs } = shape;
  const { readout = 'transpose', recurrent = 'none' } = rule.credit ?? {};
  const refuse = (expected: string, found: string): never => {
    throw new LabError('engine.wiring', `Opening a network for ${rule.label}: expected ${expected}, found ${found}.`);
  };
  const require = (t: Tensor | null, rows: number, what: string): void => {
    if (t === null) refuse(`${what}, ${rows} × ${N}`, 'none');
    else if (t.shape.join() !== [rows, N].join()) refuse(`${what}, ${rows} × ${N}`, t.shape.join(' × '));
  };
  if (mask !== null) require(mask, N, 'a mask of the recurrent weights');
  if (readout !== 'transpose') require(Bout, outputs, 'feedback weights from the outputs to the units (Bout)');
  if (recurrent !== 'cell-types' && recurrent !== 'random') return;
  require(Brec, N, 'feedback weights between units (Brec)');
  if (recurrent === 'random') return;
  if (cellTypes === null || cellTypes.length === 0) refuse('units sorted into cell types', 'no cell types');
  for (const [start, end] of cellTypes!) {
    if (!(0 <= start && start < end && end <= N)) refuse(`cell types within ${N} units`, `units ${start} to ${end}`);
  }
}
