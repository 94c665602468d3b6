/** What to cite for the public recordings whose layout is known. A layout is no proof: a suggestion, to be checked. */

export type SuggestedCitation = { readonly citation: string; readonly licence: string };

const known: readonly (readonly [layout: RegExp, suggestion: SuggestedCitation])[] = [
  [
    /^(spikes-)?hatsopoulos/,
    {
      citation:
        'Hatsopoulos, N. G., Xu, Q. & Amit, Y. (2007). Encoding of movement fragments in the motor cortex. J. Neurosci. 27, 5105–5114. Data: Dryad, doi:10.5061/dryad.xsj3tx9cm',
      licence: 'CC0 1.0 (Dryad)',
    },
  ],
  [
    /^mante/,
    {
      citation:
        'Mante, V., Sussillo, D., Shenoy, K. V. & Newsome, W. T. (2013). Context-dependent computation by recurrent dynamics in prefrontal cortex. Nature 503, 78–84. doi:10.1038/nature12742',
      licence: '',
    },
  ],
  [
    /^sussillo2015/,
    {
      citation:
        'Sussillo, D., Churchland, M. M., Kaufman, M. T. & Shenoy, K. V. (2015). A neural network that finds a naturalistic solution for the production of muscle activity. Nat. Neurosci. 18, 1025–1033. doi:10.1038/nn.4042',
      licence: '',
    },
  ],
];

/** Null where the layout names no public set, and for simulated numbers. licence: empty where none is known. */
export function suggestedCitation({
  layout,
  simulated,
}: {
  layout: string;
  simulated: boolean;
}): SuggestedCitation | null {
  if (simulated) return null;
  return known.find(([pattern]) => pattern.test(layout))?.[1] ?? null;
}
