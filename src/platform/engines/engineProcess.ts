/** Child process that tries engines, or tests one. It may crash, hang or be killed at any moment. */
import { setImmediate as breath } from 'node:timers/promises';
import { testEngine } from '../../app/engineSelfTest.ts';
import { openCandidate, tryCandidate, type CandidateId } from './candidates.ts';
import { tellParent } from './child.ts';

export type EngineJob =
  { kind: 'probe'; candidates: readonly CandidateId[] } | { kind: 'test'; candidate: CandidateId; threads: number };

const job = JSON.parse(process.argv.at(-1)!) as EngineJob;
if (job.kind === 'probe') for (const candidate of job.candidates) tellParent(await tryCandidate(candidate));
else tellParent(await test(job).catch((error: unknown) => ({ kind: 'failed', reason: String(error) })));

async function test({ candidate, threads }: EngineJob & { kind: 'test' }): Promise<unknown> {
  const opened = await openCandidate(candidate, { threads });
  if ('reason' in opened) return { kind: 'failed', reason: opened.reason };
  const steps = testEngine(opened.engine, () => performance.now());
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { kind: 'tested', test: value };
    tellParent({ kind: 'step', doing: value });
    await breath(); // lets the message go before the work blocks
  }
}
