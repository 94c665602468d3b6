/** All kinds of content that hold spikes. A new one is one file and one line here. */
import type { OpenFile } from '../../formats/format.ts';
import type { ReadAs } from '../rateOptions.ts';
import type { SpikeRecording } from '../recording.ts';
import { arraysOfSpikes } from './arrays.ts';
import { hatsopoulosSpikes } from './hatsopoulos.ts';
import { nwbSpikes } from './nwb.ts';
import { refuse } from './source.ts';
import type { SpikeSource } from './source.ts';

const sources: readonly SpikeSource[] = [nwbSpikes, hatsopoulosSpikes, arraysOfSpikes];

/** Spikes in a file, and what its layout is called; null: it holds none that are known. */
export function spikesIn(
  file: OpenFile,
  fileName: string,
  as: ReadAs,
): { layout: string; recording: SpikeRecording } | null {
  const source = sources.find((s) => s.recognises(file.root));
  if (!source) return null;
  const recording = source.read(file, fileName, as);
  if (as.table !== undefined && !recording.tables) {
    refuse('table', fileName, `expected several tables of trials, of which "${as.table}" is one, found no choice. Leave the table out.`); // prettier-ignore
  }
  if (as.ticksPerSecond !== undefined && !recording.clock) {
    refuse('clock', fileName, 'expected times of which the clock is not known, found seconds. Leave out how many ticks a second has.'); // prettier-ignore
  }
  return { layout: source.id, recording };
}
