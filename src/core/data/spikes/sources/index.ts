/** All kinds of content that hold spikes. A new one is one file and one line here. */
import type { OpenFile } from '../../formats/format.ts';
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
  table?: string,
): { layout: string; recording: SpikeRecording } | null {
  const source = sources.find((s) => s.recognises(file.root));
  if (!source) return null;
  const recording = source.read(file, fileName, table);
  if (table !== undefined && recording.tables === undefined) {
    refuse('table', fileName, `expected several tables of trials, of which "${table}" is one, found no choice. Leave the table out.`); // prettier-ignore
  }
  return { layout: source.id, recording };
}
