/** The native engine on the processor's vector units, in float32; the weights' gradient also in bf16. */
import { availableParallelism } from 'node:os';
import type { Engine } from '../../core/engines/engine.ts';
import type { NativeAddon, NativePrecision } from './nativeAddon.ts';
import { NativeEnsemble, NativeNetwork, type NativeChoice } from './nativeNetworks.ts';
import { nativeRefusal } from './nativeRefusal.ts';

export type NativeCpuOptions = {
  /** numbers do not depend on it; default: one per core */
  readonly threads?: number | undefined;
  /** default: the best of this processor */
  readonly instructionSet?: string;
  /** default: float32 */
  readonly precision?: NativePrecision | undefined;
};

export function nativeCpuEngine(addon: NativeAddon, options: NativeCpuOptions = {}): Engine {
  const threads = options.threads ?? availableParallelism();
  const instructionSet = options.instructionSet ?? addon.instructionSets[0];
  const precision = options.precision ?? 'float32';
  const choice: NativeChoice = { addon, engine: 'cpu', precision, threads, instructionSet };
  return {
    id: 'native-cpu',
    label: 'Native (CPU)',
    precision: 'float32',
    description: `C++, ${precision}, ${instructionSet}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    refusal: (setup) => nativeRefusal({ ...addon, creditForms: addon.creditForms?.cpu }, setup),
    open: (setup, state) => new NativeNetwork(choice, setup, state),
    openMany: (setup, states) => new NativeEnsemble(choice, setup, states),
    ensembleSize: threads,
  };
}
