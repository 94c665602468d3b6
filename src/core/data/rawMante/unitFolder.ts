/**
 * A folder of the public recordings of Mante et al. 2013, one file per unit, → condition averages. Units were recorded one
 * after the other, so each file is averaged and let go before the next is read; only averages are kept.
 */
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { FileReport } from '../dataset.ts';
import type { FileValue } from '../formats/format.ts';
import { manteConditions } from '../layouts/mante2013.ts';
import type { Content } from '../layouts/layout.ts';
import { averagesOf, binsOf } from './bins.ts';
import type { Bins } from './bins.ts';
import type { UnitOptions } from './options.ts';
import { selections } from './selections.ts';
import type { Selected } from './selections.ts';
import { unitOf } from './unit.ts';
import type { RecordedUnit } from './unit.ts';

type Sampling = Pick<RecordedUnit, 'samples' | 'firstMs' | 'stepMs'> & { file: string; bins: Bins };

const conditions = manteConditions.length;

export class UnitFolder {
  readonly #options: UnitOptions;
  readonly #files: FileReport[] = [];
  readonly #averages: Float64Array[] = [];
  /** sums over units, by condition */
  readonly #sums = { motionCoherence: zeros(), colourCoherence: zeros(), trialsPerNeuron: zeros() };
  /** of the first unit that was kept, which the others have to share */
  #sampling: Sampling | null = null;

  /** the length of a step does not fit the samples of a file */
  #unfit: LabError | null = null;

  constructor(options: UnitOptions) {
    this.#options = options;
  }

  /** read: the content of the file. A file that cannot be read, or is no unit, is dropped, and the report says why. */
  add(file: string, sha256: string, read: () => FileValue): void {
    try {
      this.#requireNew(sha256);
      const unit = unitOf(read(), file);
      const bins = this.#requireSampling(unit, file);
      const selected = selections[this.#options.selection](unit);
      if ('why' in selected) return void this.#files.push({ file, sha256, kept: false, why: selected.why });
      this.#keep(file, unit, selected, bins);
      this.#files.push({ file, sha256, kept: true, why: selected.said });
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      if (error.code === 'units.dt') this.#unfit ??= error;
      this.#files.push({ file, sha256, kept: false, why: error.message.replace(/^Reading "[^"]*"[^:]*: /, '') });
    }
  }

  /** folder: its name. Throws LabError `units.none` where no unit was kept. */
  finish(folder: string): Content & { files: FileReport[] } {
    const files = this.#files;
    if (!this.#sampling) {
      if (this.#unfit) throw this.#unfit;
      const [first] = files;
      throw new LabError(
        'units.none',
        `Reading the folder "${folder}": expected .mat files with one unit of Mante et al. 2013 each, found ${first ? `${files.length}, of which none can be used; "${first.file}": ${first.why.replace(/\.$/, '')}` : 'no .mat file'}. Choose the folder that they are in; folders of trained networks are imported on the page Runs, or by lrlab models import.`,
      );
    }
    const { count, timeMs } = this.#sampling.bins;
    const units = this.#averages.length;
    const activity = new Float64Array(units * count * conditions);
    this.#averages.forEach((averages, n) => activity.set(averages, n * count * conditions));
    const facts = Object.entries(this.#sums).map(([name, sums]): [string, Tensor] => [
      name,
      tensor(
        [conditions],
        sums.map((sum) => sum / units),
      ),
    ]);
    return {
      name: `Mante 2013: ${folder}`,
      simulated: false,
      activity: tensor([units, count, conditions], activity),
      timeMs,
      alignment: 'stimulus onset',
      conditions: [...manteConditions],
      kinematics: {},
      facts: Object.fromEntries(facts),
      files,
    };
  }

  /** The published reader takes a copy of a file for one more unit. */
  #requireNew(sha256: string): void {
    const same = this.#files.find((other) => other.sha256 !== '' && other.sha256 === sha256);
    if (!same || this.#options.selection === 'published') return;
    throw new LabError('units.copy', `the same bytes as "${same.file}"`);
  }

  /** Sampled as those before it, which also settles the bins. */
  #requireSampling(unit: RecordedUnit, file: string): Bins {
    const { samples, firstMs, stepMs } = unit;
    const known = this.#sampling;
    if (!known) {
      return binsOf(unit, this.#options);
    }
    const alike = Math.abs(firstMs - known.firstMs) < 1e-6 && Math.abs(stepMs - known.stepMs) < 1e-6;
    if (samples === known.samples && alike) return known.bins;
    throw new LabError(
      'units.sampling',
      `Reading "${file}": expected ${known.samples} samples of ${known.stepMs} ms from ${known.firstMs} ms, as in "${known.file}", found ${samples} of ${stepMs} ms from ${firstMs} ms.`,
    );
  }

  #keep(file: string, unit: RecordedUnit, { trials }: Selected, bins: Bins): void {
    const { samples, firstMs, stepMs, variables } = unit;
    this.#sampling ??= { samples, firstMs, stepMs, file, bins };
    this.#averages.push(averagesOf(unit, trials, bins));
    trials.forEach((of, condition) => {
      this.#sums.motionCoherence[condition] += variables.stim_dir[of[0]];
      this.#sums.colourCoherence[condition] += variables.stim_col2dir[of[0]];
      this.#sums.trialsPerNeuron[condition] += of.length;
    });
  }
}

function zeros(): Float64Array {
  return new Float64Array(conditions);
}
