/** A look at what options make of spikes: one question at a time is with the host, the latest after it. */
import type { CallInput, RatesPreview } from '../../app/contract.ts';
import { client } from './connection.svelte.ts';
import { described } from './toasts.svelte.ts';

type Question = CallInput<'dataset.previewRates'>;

/** ms that typing has to rest */
const restMs = 200;

export class RatesPreviewState {
  /** of the last options that could be followed */
  shown = $state.raw<RatesPreview | null>(null);
  refusal = $state.raw<{ code: string; message: string } | null>(null);
  /** what is shown is not yet what was asked */
  waiting = $state(false);
  #next: Question | null = null;
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  ask(question: Question): void {
    this.#next = question;
    this.waiting = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#go(), this.shown ? restMs : 0);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#next = null;
  }

  async #go(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (this.#next) {
      const question = this.#next;
      this.#next = null;
      try {
        const shown = await client['dataset.previewRates'](question);
        [this.shown, this.refusal] = [shown, null];
      } catch (error) {
        this.refusal = described(error);
      }
    }
    this.#asking = false;
    this.waiting = false;
  }
}
