/** What options make of spikes, for a look before the import: counts, and the rates of a few units. */
import { ratesOf } from '../data/spikes/rates.ts';
import type { RatesReport } from '../data/spikes/rates.ts';
import type { RateOptions } from '../data/spikes/rateOptions.ts';
import type { SpikeRecording } from '../data/spikes/recording.ts';
import { tracesOf } from './conditionAverages.ts';
import type { Figure } from './figure.ts';

export type RatesPreview = {
  report: RatesReport;
  /** places of the units drawn, in the recording; one figure each */
  units: number[];
  figures: Figure[];
};

/** units: their places in the recording; those that the options leave out are not drawn. */
export function previewRates(recording: SpikeRecording, options: RateOptions, units: readonly number[]): RatesPreview {
  const { content, report } = ratesOf(recording, options, units);
  const drawn = report.unitsKept.filter((place) => units.includes(place));
  const label = rateLabels[options.normalisation.kind];
  const figures = tracesOf(
    content,
    drawn.map((_, n) => n),
  );
  return {
    report,
    units: drawn,
    figures: figures.map((figure, n) => ({
      ...figure,
      title: `Unit ${recording.units[drawn[n]].name}`,
      y: { ...figure.y, label },
    })),
  };
}

const rateLabels = {
  none: 'Firing rate (Hz)',
  zScore: 'Firing rate (z-score)',
  soft: 'Firing rate (soft-normalised)',
};
