import type { TrainingSetup } from '../../core/engines/engine.ts';
import type { Credit } from '../../core/rules/rule.ts';
import type { CreditForms, NativeAddon } from './nativeAddon.ts';

export type NativeAbilities = Pick<NativeAddon, 'activations'> & { readonly creditForms?: CreditForms | undefined };

/** What an addon knows that does not say. */
export const firstForms: CreditForms = {
  readout: ['transpose', 'random'],
  recurrent: ['none', 'transpose', 'cell-types'],
  keeps: ['state'],
};

export const firstPrecisions: NonNullable<NativeAddon['precisions']> = { cpu: ['float32'], cuda: ['float32', 'tf32'] };

/** Why a native engine cannot train this, or null when it can. */
export function nativeRefusal(
  { activations, creditForms = firstForms }: NativeAbilities,
  { shape, rule }: TrainingSetup,
): string | null {
  if (!activations.includes(shape.activation)) return `it has no activation function "${shape.activation}"`;
  if (rule.credit === null) return `${rule.label} computes its gradient in its own way, which only "reference" follows`;
  if (!knows(creditForms, rule.credit)) return `it does not know the way in which errors travel in ${rule.label}`;
  return null;
}

/** A constant slope goes with errors kept as by the state only. */
function knows(forms: CreditForms, { readout, recurrent, keeps, slope }: Credit): boolean {
  const known = forms.readout.includes(readout) && forms.recurrent.includes(recurrent) && forms.keeps.includes(keeps);
  return known && (keeps === 'state' || slope === null);
}
