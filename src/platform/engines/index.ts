/** The engine for a run, and what there is to say of all engines. */
import type { AutomaticEngine, EngineProbe } from '../../app/contract.ts';
import type { Engine, EngineId, TrainingSetup } from '../../core/engines/engine.ts';
import { referenceEngine } from '../../core/engines/reference.ts';
import { LabError } from '../../core/errors.ts';
import { engineOf, openCandidate, tryCandidate, type Finding } from './candidates.ts';
import { automaticOrder, candidatesFor, decide, type EngineRequest } from './choice.ts';

export type { EngineRequest } from './choice.ts';

/**
 * The engine for a run, and the reason in words. findings: what the probe found; where there are none, the candidates
 * are tried here, in this process. Throws LabError `engine.unavailable` or `engine.refused`, see `decide`.
 */
export async function chooseEngine(
  request: EngineRequest,
  setup: TrainingSetup,
  findings?: readonly Finding[],
): Promise<{ engine: Engine; reason: string }> {
  const known = findings ?? (await Promise.all(candidatesFor(request).map(tryCandidate)));
  const { candidate, reason } = decide(request, setup, known);
  const { threads, precision } = request;
  const opened = await openCandidate(candidate, request.purpose === 'analysis' ? { threads } : { threads, precision });
  if ('engine' in opened) return { engine: opened.engine, reason };
  throw new LabError(
    'engine.unavailable',
    `Training on "${engineOf(candidate)}": it was there when the program started, and now is not: ${opened.reason}.`,
  );
}

const engineIds: readonly EngineId[] = ['native-cuda', 'native-cpu', 'tensorflow', 'reference'];

const labels: Record<EngineId, string> = {
  'native-cuda': 'Native (NVIDIA GPU)',
  'native-cpu': 'Native (CPU)',
  tensorflow: 'TensorFlow.js',
  reference: referenceEngine.label,
};

/** One entry per engine, in the order in which they are taken. */
export function describeFindings(findings: readonly Finding[]): EngineProbe[] {
  return engineIds.map((id) => {
    const found = findings.filter((f) => engineOf(f.candidate) === id);
    const best = found.find(({ reason }) => reason === null);
    const passedOver = found.slice(0, best ? found.indexOf(best) : undefined);
    const automatic = best !== undefined && automaticOrder.includes(best.candidate);
    return {
      id,
      label: labels[id],
      available: best !== undefined,
      automatic,
      description: best?.description ?? '',
      reason: [
        ...(best && !automatic ? ['works on request only, since it is slower than the reference engine'] : []),
        ...passedOver.map((f) => (found.length > 1 ? `${f.candidate}: ${f.reason}` : f.reason)),
      ].join('; '),
    };
  });
}

/** What "auto" takes for a run that any engine can train. */
export function automaticEngine(findings: readonly Finding[]): AutomaticEngine {
  const { candidate, description, reason } = decide({ engine: 'auto' }, null, findings);
  const id = engineOf(candidate);
  return { id, label: labels[id], description, reason, cost: costs[id] };
}

/** What it costs to have none of the native engines; measured, see docs/benchmarks. */
const costs: Record<EngineId, string> = {
  'native-cuda': '',
  'native-cpu': '',
  tensorflow: 'Training works, but slower than on the native engine, which this computer lacks.',
  reference:
    'Training works, but takes about a hundred times as long as on the native engine, which this computer lacks.',
};
