/** What a page says about the machine that its figures come from. */
import { cpus, loadavg, platform, release } from 'node:os';
import { loadAddon } from '../src/platform/engines/nativeAddon.ts';

export function machine(): string {
  const cores = cpus().length;
  const loaded = loadAddon();
  const addon = 'addon' in loaded ? loaded.addon.instructionSets.join(', ') : `none (${loaded.reason})`;
  return (
    `Machine: ${cpus()[0].model.trim()}, ${cores} ${cores === 1 ? 'core' : 'cores'}, instruction sets of the addon: ` +
    `${addon}; ${platform()} ${release()}, Node ${process.version}. Other work at the start: load ${loadavg()[0].toFixed(1)}.`
  );
}
