/** The engines as the application asks for them. Nothing here loads one: children and workers do. */
import type { Engines } from '../app/ports.ts';
import type { StartChild } from './engines/child.ts';
import { engineOf } from './engines/candidates.ts';
import { decide } from './engines/choice.ts';
import { automaticEngine, describeFindings } from './engines/index.ts';
import { networksPerBatch } from './engines/nativeCuda.ts';
import { findingsHere } from './engines/probe.ts';
import { selfTest } from './engines/selfTest.ts';

export function enginesOf(start: StartChild): Engines {
  return {
    async probe() {
      const findings = await findingsHere(start);
      return { engines: describeFindings(findings), automatic: automaticEngine(findings) };
    },
    async preview(request, setup) {
      const { candidate, description, reason } = decide(request, setup, await findingsHere(start));
      return { id: engineOf(candidate), description, reason };
    },
    async groupSize(request, setup) {
      const { candidate } = decide(request, setup, await findingsHere(start));
      return candidate === 'native-cuda' ? networksPerBatch : 1;
    },
    test: (threads, tell) => selfTest(start, findingsHere(start), { threads, tell }),
  };
}
