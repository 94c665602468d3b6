/**
 * A folder of the public recordings of Mante et al. 2013, one file per unit, → condition averages. Units were recorded one
 * after the other, so each file is averaged by itself (averageUnit.ts); only averages are kept.
 */
import { LabError } from '../../errors.ts';
import { tensor } from '../../math/tensor.ts';
import type { Tensor } from '../../math/tensor.ts';
import type { FileReport } from '../dataset.ts';
import { manteConditions } from '../layouts/mante2013.ts';
import type { Content } from '../layouts/layout.ts';
import { unitFacts } from './averageUnit.ts';
import type { AveragedUnit, Sampling } from './averageUnit.ts';
import type { UnitOptions } from './options.ts';

const conditions = manteConditions.length;

export class UnitFolder {
  readonly #options: UnitOptions;
  readonly #files: FileReport[] = [];
  readonly #units: Extract<AveragedUnit, { kept: true }>[] = [];
  /** what is wrong with the length of a step */
  #unfit: string | null = null;

  constructor(options: UnitOptions) {
    this.#options = options;
  }

  /** Null until the first unit was kept. */
  get sampling(): Sampling | null {
    return this.#units[0]?.sampling ?? null;
  }

  /** In the order of names. average: `averageUnit` of the file by the sampling of those before. */
  add(file: string, sha256: string, average: (sampling: Sampling | null) => AveragedUnit): void {
    const same = sha256 === '' ? undefined : this.#files.find((other) => other.sha256 === sha256);
    // the published reader takes a copy of a file for one more unit
    if (same && this.#options.selection === 'corrected') {
      return void this.#files.push({ file, sha256, kept: false, why: `the same bytes as "${same.file}"` });
    }
    const unit = average(this.sampling);
    if (unit.kept) this.#units.push(unit);
    else this.#unfit ??= unit.unfit;
    this.#files.push({ file, sha256, kept: unit.kept, why: unit.kept ? unit.said : unit.why });
  }

  /** folder: its name. Throws LabError `units.none` where no unit was kept. */
  finish(folder: string): Content & { files: FileReport[] } {
    const files = this.#files;
    const { sampling } = this;
    if (!sampling) {
      if (this.#unfit !== null) throw new LabError('units.dt', this.#unfit);
      const [first] = files;
      throw new LabError(
        'units.none',
        `Reading the folder "${folder}": expected .mat files with one unit of Mante et al. 2013 each, found ${first ? `${files.length}, of which none can be used; "${first.file}": ${first.why.replace(/\.$/, '')}` : 'no .mat file'}. Choose the folder that they are in; folders of trained networks are imported on the page Runs, or by lrlab models import.`,
      );
    }
    const { count, timeMs } = sampling.bins;
    const units = this.#units;
    const activity = new Float64Array(units.length * count * conditions);
    units.forEach(({ averages }, n) => activity.set(averages, n * count * conditions));
    const meanOver = (values: (unit: (typeof units)[number]) => Float64Array): Tensor => {
      const sums = new Float64Array(conditions);
      for (const unit of units) values(unit).forEach((value, condition) => (sums[condition] += value));
      return tensor(
        [conditions],
        sums.map((sum) => sum / units.length),
      );
    };
    return {
      name: `Mante 2013: ${folder}`,
      simulated: false,
      activity: tensor([units.length, count, conditions], activity),
      timeMs,
      alignment: 'stimulus onset',
      conditions: [...manteConditions],
      kinematics: {},
      facts: Object.fromEntries(unitFacts.map((fact) => [fact, meanOver(({ facts }) => facts[fact])])),
      files,
    };
  }
}
