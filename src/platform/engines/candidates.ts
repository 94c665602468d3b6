/** What training may run on, one by one: the native engines, each backend of TensorFlow.js, the reference engine. */
import { z } from 'zod';
import { compareWithReference, tolerance } from '../../app/engineSelfTest.ts';
import type { Engine, EngineId } from '../../core/engines/engine.ts';
import { referenceEngine } from '../../core/engines/reference.ts';
import { bptt } from '../../core/rules/bptt.ts';
import { loadAddon, type NativePrecision } from './nativeAddon.ts';
import { nativeCpuEngine } from './nativeCpu.ts';
import { findCuda } from './nativeCuda.ts';
import { firstPrecisions } from './nativeRefusal.ts';
import { backendIds, probeBackend } from './tensorflow/backends.ts';
import { tensorflowEngine } from './tensorflow.ts';

export const candidateIds = ['native-cuda', 'native-cpu', ...backendIds, 'reference'] as const;
export type CandidateId = (typeof candidateIds)[number];

/** What came of trying a candidate. */
export const findingSchema = z.object({
  candidate: z.enum(candidateIds),
  /** what would do the work; empty where it is not available */
  description: z.string(),
  /** why it is not available, or null when it is */
  reason: z.string().nullable(),
  /** activation functions it has; null: all there are */
  activations: z.array(z.string()).nullable(),
  /** ways of credit that a native engine knows, see CreditForms */
  creditForms: z
    .object({ readout: z.array(z.string()), recurrent: z.array(z.string()), keeps: z.array(z.string()) })
    .optional(),
  /** of products; absent: as its description says, and no other */
  precisions: z.array(z.string()).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export function engineOf(candidate: CandidateId): EngineId {
  if (candidate === 'native-cuda' || candidate === 'native-cpu' || candidate === 'reference') return candidate;
  return 'tensorflow';
}

export type EngineOptions = {
  /** threads of the native engine on processors; absent: one per core */
  readonly threads?: number | undefined;
  /** of products, one that the engine has; absent: float32 */
  readonly precision?: NativePrecision | undefined;
};

/** Loads the engine into this process, or says why that is not possible. */
export async function openCandidate(
  candidate: CandidateId,
  { threads, precision }: EngineOptions,
): Promise<{ engine: Engine } | { reason: string }> {
  if (candidate === 'reference') return { engine: referenceEngine };
  if (candidate !== 'native-cuda' && candidate !== 'native-cpu') {
    const probe = await probeBackend(candidate);
    return 'tf' in probe ? { engine: tensorflowEngine(probe) } : probe;
  }
  const loaded = loadAddon();
  if ('reason' in loaded) return loaded;
  if (candidate === 'native-cuda') return findCuda(loaded.addon, precision);
  return { engine: nativeCpuEngine(loaded.addon, { threads, precision }) };
}

/** Tries a candidate for real: does it load, does it compute what the reference engine does? */
export async function tryCandidate(candidate: CandidateId): Promise<Finding> {
  const missing = (reason: string): Finding => ({ candidate, description: '', reason, activations: null });
  try {
    const opened = await openCandidate(candidate, {});
    if ('reason' in opened) return missing(opened.reason);
    const { difference } = compareWithReference(opened.engine, bptt);
    if (difference < tolerance) return { candidate, reason: null, ...factsOf(opened.engine) };
    return missing(`its numbers are not those of the reference engine: they differ by ${difference.toExponential(0)}`);
  } catch (error) {
    return missing(`it fails when tried: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function factsOf({
  id,
  description,
}: Engine): Pick<Finding, 'description' | 'activations' | 'creditForms' | 'precisions'> {
  const loaded = id === 'native-cpu' || id === 'native-cuda' ? loadAddon() : null;
  if (!loaded || 'reason' in loaded) return { description, activations: null };
  const { activations, instructionSets, creditForms, precisions = firstPrecisions } = loaded.addon;
  const name = id === 'native-cpu' ? 'cpu' : 'cuda';
  const forms = creditForms?.[name];
  return {
    // without the threads: they are another number for every run
    description: id === 'native-cpu' ? `C++, float32, ${instructionSets[0]}` : description,
    activations: [...activations],
    creditForms: forms && { readout: [...forms.readout], recurrent: [...forms.recurrent], keeps: [...forms.keeps] },
    precisions: [...precisions[name]],
  };
}
