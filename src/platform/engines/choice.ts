/** Which engine a run gets, and why. Nothing is replaced silently: every choice has its reason. */
import type { EngineId, TrainingSetup } from '../../core/engines/engine.ts';
import { LabError } from '../../core/errors.ts';
import type { CandidateId, Finding } from './candidates.ts';
import { engineOf } from './candidates.ts';
import type { NativePrecision } from './nativeAddon.ts';
import { nativeRefusal } from './nativeRefusal.ts';
import { backendIds } from './tensorflow/backends.ts';
import { tensorflowRefusal } from './tensorflow/refusal.ts';

export type EngineRequest = {
  /** 'auto': the first of `automaticOrder` that is there and can do it */
  readonly engine: 'auto' | EngineId;
  /** TensorFlow.js backend; absent: the fastest that works */
  readonly backend?: string | undefined;
  /** threads of the native engine; absent: one per core */
  readonly threads?: number | undefined;
  /** of products while training; absent: float32, as in analysis always */
  readonly precision?: NativePrecision | undefined;
  /** what the words say it is for; absent: training */
  readonly purpose?: 'training' | 'analysis' | undefined;
};

/** TensorFlow.js in WebAssembly or JavaScript is slower than the reference engine, so it works on request only. */
export const automaticOrder: readonly CandidateId[] = [
  'native-cuda',
  'native-cpu',
  'tfjs-node-gpu',
  'tfjs-node',
  'reference',
];

export type Choice = { readonly candidate: CandidateId; readonly description: string; readonly reason: string };

/** All that a request may end with, the first choice first. */
export function candidatesFor({ engine, backend }: EngineRequest): readonly CandidateId[] {
  if (engine === 'auto') return automaticOrder;
  if (engine !== 'tensorflow') return [engine];
  if (backend === undefined) return backendIds;
  const known = backendIds.find((id) => id === backend);
  if (known) return [known];
  throw new LabError(
    'engine.unavailable',
    `Training on "tensorflow" as asked: no backend "${backend}"; known are ${backendIds.join(', ')}.`,
  );
}

/**
 * Decides by what was found, without loading an engine. setup: null = anything that any engine can train. Throws
 * LabError `engine.unavailable` or `engine.refused` where the engine asked for is not there or cannot do it.
 */
export function decide(request: EngineRequest, setup: TrainingSetup | null, findings: readonly Finding[]): Choice {
  const passedOver: PassedOver[] = [];
  for (const candidate of candidatesFor(request)) {
    const finding = findings.find((f) => f.candidate === candidate);
    const missing = finding ? finding.reason : 'it was not looked for';
    const obstacle = missing ?? precisionRefusal(finding!, request) ?? (setup && refusalOf(finding!, setup));
    if (obstacle === null) {
      return { candidate, description: finding!.description, reason: reasonFor(request, candidate, passedOver) };
    }
    passedOver.push({ candidate, obstacle, missing: missing !== null });
  }
  throw noneFor(request, passedOver);
}

function refusalOf({ candidate, activations, creditForms }: Finding, setup: TrainingSetup): string | null {
  if (candidate === 'reference') return null;
  return activations ? nativeRefusal({ activations, creditForms }, setup) : tensorflowRefusal(setup);
}

function precisionRefusal(
  { candidate, precisions = ['float32'] }: Finding,
  { precision = 'float32', purpose }: EngineRequest,
): string | null {
  if (purpose === 'analysis' || precision === 'float32' || precisions.includes(precision)) return null;
  const takes = candidate === 'native-cpu' && precision === 'bf16' ? '; that takes Intel AMX and Linux' : '';
  return `it has no products of ${precision} here${takes}`;
}

type PassedOver = { candidate: CandidateId; obstacle: string; missing: boolean };

const working = ({ purpose }: EngineRequest): string => (purpose === 'analysis' ? 'Analysing' : 'Training');

function reasonFor(request: EngineRequest, taken: CandidateId, passedOver: readonly PassedOver[]): string {
  const on = `${working(request)} on "${engineOf(taken)}"`;
  if (request.engine !== 'auto') return `${on}: asked for.`;
  if (passedOver.length === 0) return `${on}: the fastest there is.`;
  return `${on}, not on ${list(passedOver, ', nor on ')}.`;
}

function noneFor(request: EngineRequest, passedOver: readonly PassedOver[]): LabError {
  const { engine } = request;
  if (engine === 'auto') {
    const [found, what] = [list(passedOver, ', '), request.purpose === 'analysis' ? 'analyse' : 'train'];
    return new LabError(
      'engine.refused',
      `Choosing an engine: expected one that can ${what} this, found none: ${found}.`,
    );
  }
  const missing = passedOver.every((p) => p.missing);
  const why = passedOver.length === 1 ? passedOver[0].obstacle : list(passedOver, '; ');
  return new LabError(
    missing ? 'engine.unavailable' : 'engine.refused',
    `${working(request)} on "${engine}" as asked: ${missing ? 'it is not available, ' : ''}${why}. Choose another engine, or "auto".`,
  );
}

/** Those with the same obstacle together. */
function list(passedOver: readonly PassedOver[], separator: string): string {
  const byObstacle = Map.groupBy(passedOver, ({ obstacle }) => obstacle);
  return Array.from(byObstacle, ([obstacle, those]) => {
    const names = those.map(({ candidate }) => `"${candidate}"`).join(' and ');
    return `${names} (${obstacle})`;
  }).join(separator);
}
