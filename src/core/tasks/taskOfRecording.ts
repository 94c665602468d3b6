/** layout: how the file was understood (`source.layout`); behaviour: whether some was added from a second file */
export type RecordingKind = { readonly layout: string; readonly behaviour: boolean };

/** The task that a dataset was recorded in, as far as that can be told; else reaching. */
export function taskOfRecording({ layout, behaviour }: RecordingKind): 'reach' | 'muscle-reach' | 'context-decision' {
  if (layout.startsWith('mante2013')) return 'context-decision';
  const mapped = layout.startsWith('mapping ');
  return layout === 'sussillo2015' || (mapped && behaviour) ? 'muscle-reach' : 'reach';
}
