/** Tests the engines that were found, one after the other, each in a child process of its own. */
import { z } from 'zod';
import { engineTestSchema, type EngineTest, type SelfTest, type TestProgress } from '../../app/contract.ts';
import { testSteps } from '../../app/engineSelfTest.ts';
import { candidateIds, engineOf, type CandidateId, type Finding } from './candidates.ts';
import { listenToChild, type StartChild } from './child.ts';
import { describeFindings } from './index.ts';

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), doing: z.string() }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
  z.object({ kind: z.literal('tested'), test: engineTestSchema }),
]);

export type SelfTestOptions = {
  readonly threads: number;
  readonly tell: (progress: TestProgress) => void;
  /** time for one step */
  readonly patienceMs?: number;
};

export function selfTest(
  start: StartChild,
  findings: Promise<readonly Finding[]>,
  options: SelfTestOptions,
): { result: Promise<SelfTest>; cancel(): void } {
  let cancelled = false;
  let kill = (): void => {};
  const cancel = (): void => {
    cancelled = true;
    kill();
  };
  const run = async (): Promise<SelfTest> => {
    const begin = performance.now();
    const found = await findings;
    const candidates = bestOfEach(found);
    const tests: EngineTest[] = [];
    for (const [i, candidate] of candidates.entries()) {
      if (cancelled) break;
      const { label, description } = describeFindings(found).find(({ id }) => id === engineOf(candidate))!;
      let step = 0;
      const test = testCandidate(start, candidate, options, (doing) =>
        options.tell({ label, doing, done: i * testSteps + step++, of: candidates.length * testSteps }),
      );
      kill = test.kill;
      const outcome = await test.result;
      if (cancelled) break;
      const failed = { engine: engineOf(candidate), label, description, numbers: [], speed: [] };
      tests.push(typeof outcome === 'string' ? { ...failed, error: outcome } : outcome);
    }
    const seconds = (performance.now() - begin) / 1000;
    return { tests, threads: options.threads, seconds, cancelled };
  };
  return { result: run(), cancel };
}

/** TensorFlow.js is tested on its best backend. */
function bestOfEach(findings: readonly Finding[]): CandidateId[] {
  const there = candidateIds.filter((id) => findings.some((f) => f.candidate === id && f.reason === null));
  return there.filter((id, i) => there.findIndex((other) => engineOf(other) === engineOf(id)) === i);
}

/** The test, or why there is none. */
function testCandidate(
  start: StartChild,
  candidate: CandidateId,
  { threads, patienceMs = 60_000 }: SelfTestOptions,
  step: (doing: string) => void,
): { result: Promise<EngineTest | string>; kill: () => void } {
  return listenToChild<EngineTest | string>(start, {
    job: { kind: 'test', candidate, threads },
    patienceMs,
    hear(message) {
      const read = messageSchema.safeParse(message);
      if (!read.success) return 'The test answered nonsense.';
      if (read.data.kind === 'tested') return read.data.test;
      if (read.data.kind === 'failed') return read.data.reason;
      step(read.data.doing);
      return undefined;
    },
    lost: (how) => `The test ${how}.`,
  });
}
