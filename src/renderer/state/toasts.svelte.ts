/** Short messages at the edge of the window. Errors stay until they are closed. */
import { untrack } from 'svelte';

export type Toast = {
  readonly id: number;
  readonly kind: 'error' | 'done';
  readonly code: string | null;
  readonly text: string;
};

const shownMs = 4000;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  /** where they can be shown; the last is the topmost dialog, or the page */
  places = $state.raw<readonly string[]>([]);
  #next = 0;

  error(error: unknown): void {
    const { code, message } = described(error);
    if (this.list.some((t) => t.code === code && t.text === message)) return;
    this.#add({ kind: 'error', code, text: message });
  }

  done(text: string): void {
    const id = this.#add({ kind: 'done', code: null, text });
    setTimeout(() => this.close(id), shownMs);
  }

  close(id: number): void {
    this.list = this.list.filter((t) => t.id !== id);
  }

  /** Gives the way to leave that place again. */
  showAt(place: string): () => void {
    untrack(() => (this.places = [...this.places, place]));
    return () => (this.places = this.places.filter((p) => p !== place));
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    this.list = [...this.list, { ...toast, id }];
    return id;
  }
}

export const toasts = new Toasts();

/** Errors from the host carry a code; others are faults of the program. */
export function described(error: unknown): { code: string; message: string } {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : 'app.fault', message: String(message ?? error) };
}

/** Does it and shows what goes wrong; undefined then. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    toasts.error(error);
    return undefined;
  }
}
