/** The engines that the host found, and their test. It goes on while one looks at other pages. */
import type { CallOutput, SelfTest, TestProgress } from '../../app/contract.ts';
import { client } from './connection.svelte.ts';
import { attempt } from './toasts.svelte.ts';

class Engines {
  found = $state.raw<CallOutput<'engine.probe'> | null>(null);
  test = $state.raw<SelfTest | null>(null);
  testing = $state(false);
  progress = $state.raw<TestProgress | null>(null);

  constructor() {
    client.on('engine.testing', (progress) => (this.progress = progress));
  }

  async load(): Promise<void> {
    await attempt(async () => (this.found = await client['engine.probe']()));
  }

  async startTest(): Promise<void> {
    this.testing = true;
    this.progress = null;
    await attempt(async () => (this.test = await client['engine.test']({})));
    this.testing = false;
  }

  async cancelTest(): Promise<void> {
    await attempt(() => client['engine.cancelTest']());
  }
}

export const engines = new Engines();
