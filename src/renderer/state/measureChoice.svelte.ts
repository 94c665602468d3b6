/** How the comparison measures runs, and how far the numbers for that are. Kept while one looks at other pages. */
import type { MeasureProgress, RunId } from '../../app/contract.ts';
import { plain } from '../../core/analysis/protocols/plain.ts';
import { formOf, readMeasure } from '../logic/measureForm.ts';
import type { Measure, MeasureForm } from '../logic/measureForm.ts';
import { client } from './connection.svelte.ts';
import { session } from './session.svelte.ts';
import { attempt } from './toasts.svelte.ts';

class MeasureChoice {
  form: MeasureForm = $state({ metric: '', protocol: plain.id, values: {} });
  readonly read = $derived(readMeasure(this.form, session.choices!));
  /** the last measure that could be read; null: the distance of the runs' plans */
  readonly measure = $derived(this.read.measure);

  /** checkpoints that have all its numbers */
  known = $state.raw({ known: 0, of: 0 });
  /** null: nothing is being computed */
  progress = $state.raw<MeasureProgress | null>(null);
  /** grows with every number that came in */
  version = $state(0);

  constructor() {
    client.on('measure.progress', (progress) => {
      this.version += 1;
      this.progress = progress.of > 0 ? progress : null;
    });
  }

  /** Fills the form with a measure; absent: the distance of the runs' plans. */
  use(measure: Measure | undefined): void {
    this.form = measure ? formOf(measure, session.choices!) : { metric: '', protocol: plain.id, values: {} };
  }

  async count(runs: readonly RunId[], measure: Measure): Promise<void> {
    await attempt(async () => (this.known = await client['measure.known']({ runs: [...runs], measure })));
  }

  async start(runs: readonly RunId[], measure: Measure): Promise<void> {
    await attempt(async () => {
      const progress = await client['measure.start']({ runs: [...runs], measure });
      this.progress = progress.of > 0 ? progress : null;
    });
  }

  async cancel(measure: Measure): Promise<void> {
    await attempt(() => client['measure.cancel']({ measure }));
  }
}

export const measureChoice = new MeasureChoice();
