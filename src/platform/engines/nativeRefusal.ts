import type { TrainingSetup } from '../../core/engines/engine.ts';
import type { Credit } from '../../core/rules/rule.ts';
import type { NativeAddon } from './nativeAddon.ts';

/** Why the native engines cannot train this, or null when they can. */
export function nativeRefusal(
  { activations }: Pick<NativeAddon, 'activations'>,
  { shape, rule }: TrainingSetup,
): string | null {
  if (!activations.includes(shape.activation)) return `it has no activation function "${shape.activation}"`;
  if (rule.credit === null) return `${rule.label} computes its gradient in its own way, which only "reference" follows`;
  if (!isNativeCredit(rule.credit)) return `it does not know the way in which errors travel in ${rule.label}`;
  return null;
}

function isNativeCredit({ readout, recurrent, keeps }: Credit): boolean {
  return readout !== 'adaptive' && recurrent !== 'diagonal' && recurrent !== 'random' && keeps === 'state';
}
