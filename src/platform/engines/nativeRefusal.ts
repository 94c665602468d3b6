import type { TrainingSetup } from '../../core/engines/engine.ts';
import type { NativeAddon } from './nativeAddon.ts';

/** Why the native engines cannot train this, or null when they can. */
export function nativeRefusal(
  { activations }: Pick<NativeAddon, 'activations'>,
  { shape }: TrainingSetup,
): string | null {
  return activations.includes(shape.activation) ? null : `it has no activation function "${shape.activation}"`;
}
