/** The native engine on the processor's vector units, in float32. */
import { availableParallelism } from 'node:os';
import type { Engine } from '../../core/engines/engine.ts';
import type { NativeAddon } from './nativeAddon.ts';
import { NativeEnsemble, NativeNetwork, type NativeChoice } from './nativeNetworks.ts';
import { nativeRefusal } from './nativeRefusal.ts';

export type NativeCpuOptions = {
  /** numbers do not depend on it; default: one per core */
  readonly threads?: number;
  /** default: the best of this processor */
  readonly instructionSet?: string;
};

export function nativeCpuEngine(addon: NativeAddon, options: NativeCpuOptions = {}): Engine {
  const threads = options.threads ?? availableParallelism();
  const instructionSet = options.instructionSet ?? addon.instructionSets[0];
  const choice: NativeChoice = { addon, engine: 'cpu', precision: 'float32', threads, instructionSet };
  return {
    id: 'native-cpu',
    label: 'Native (CPU)',
    precision: 'float32',
    description: `C++, float32, ${instructionSet}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    refusal: (setup) => nativeRefusal({ ...addon, creditForms: addon.creditForms?.cpu }, setup),
    open: (setup, state) => new NativeNetwork(choice, setup, state),
    openMany: (setup, states) => new NativeEnsemble(choice, setup, states),
    ensembleSize: threads,
  };
}
