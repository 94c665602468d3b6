/** What holds for the whole session: the host, what there is to choose from, the settings, the theme. */
import type { CallOutput, Settings } from '../../app/contract.ts';
import { client } from './connection.svelte.ts';
import { attempt } from './toasts.svelte.ts';

class Session {
  info = $state.raw<CallOutput<'app.info'> | null>(null);
  choices = $state.raw<CallOutput<'app.choices'> | null>(null);
  settings = $state.raw<Settings | null>(null);
  #systemDark = $state(false);

  constructor() {
    const system = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = system.matches;
    system.addEventListener('change', (e) => (this.#systemDark = e.matches));
    client.on('settings.changed', (settings) => (this.settings = settings));
  }

  readonly ground: 'light' | 'dark' = $derived.by(() => {
    const theme = this.settings?.theme ?? 'system';
    return theme === 'system' ? (this.#systemDark ? 'dark' : 'light') : theme;
  });

  async load(): Promise<void> {
    [this.info, this.choices, this.settings] = await Promise.all([
      client['app.info'](),
      client['app.choices'](),
      client['settings.get'](),
    ]);
  }

  async change(settings: Partial<Settings>): Promise<void> {
    await attempt(async () => (this.settings = await client['settings.set'](settings)));
  }
}

export const session = new Session();
