/**
 * Finds out in a child process which engines work here, once in the life of this process. The child tries one candidate
 * after another; where it crashes, hangs or answers nonsense, that becomes the candidate's reason, and another child
 * goes on with those that are left.
 */
import { candidateIds, findingSchema, type CandidateId, type Finding } from './candidates.ts';
import { listenToChild, type StartChild } from './child.ts';

export type ProbeOptions = {
  /** time for one candidate */
  readonly patienceMs?: number;
  readonly candidates?: readonly CandidateId[];
  /** the child's module */
  readonly file?: string;
};

let known: Promise<readonly Finding[]> | null = null;

/** What was found when it was first asked for. */
export function findingsHere(start: StartChild): Promise<readonly Finding[]> {
  return (known ??= probe(start));
}

export async function probe(start: StartChild, options: ProbeOptions = {}): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const left = [...(options.candidates ?? candidateIds)];
  while (left.length > 0) {
    const { found, ending } = await askChild(start, left, options);
    findings.push(...found);
    left.splice(0, found.length);
    const culprit = left.shift();
    if (culprit !== undefined) {
      findings.push({ candidate: culprit, description: '', reason: `the probe ${ending}`, activations: null });
    }
  }
  return findings;
}

type Answers = { found: Finding[]; ending: string };

/** What the child found, in the order asked for; `ending` tells how it ended where that was too early. */
function askChild(
  start: StartChild,
  candidates: readonly CandidateId[],
  { patienceMs = 20_000, ...rest }: ProbeOptions,
): Promise<Answers> {
  const found: Finding[] = [];
  return listenToChild<Answers>(start, {
    ...rest,
    job: { kind: 'probe', candidates },
    patienceMs,
    hear(message) {
      const read = findingSchema.safeParse(message);
      if (!read.success || read.data.candidate !== candidates[found.length])
        return { found, ending: 'answered nonsense' };
      found.push(read.data);
      return found.length < candidates.length ? undefined : { found, ending: 'ended' };
    },
    lost: (how) => ({ found, ending: how }),
  }).result;
}
