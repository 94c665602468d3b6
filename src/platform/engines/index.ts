/** Which engines this machine has, and which one a run gets. Nothing is replaced silently: every choice has its reason. */
import type { Engine, EngineId, TrainingSetup } from '../../core/engines/engine.ts';
import { referenceEngine } from '../../core/engines/reference.ts';
import { LabError } from '../../core/errors.ts';
import { loadAddon } from './nativeAddon.ts';
import { nativeCpuEngine } from './nativeCpu.ts';

export type EngineProbe = {
  readonly id: EngineId;
  readonly label: string;
  readonly available: boolean;
  /** what would do the work; empty where not available */
  readonly description: string;
  /** why it is not available or, for TensorFlow.js, why no faster backend is; else empty */
  readonly reason: string;
};

export type EngineRequest = {
  /** 'auto': the first of `automaticOrder` that is there and can do it */
  readonly engine: 'auto' | EngineId;
  /** TensorFlow.js backend; absent: the fastest that works */
  readonly backend?: string | undefined;
  /** threads of the native engine; absent: one per core */
  readonly threads?: number | undefined;
};

const automaticOrder: readonly EngineId[] = ['native-cpu', 'tensorflow', 'reference'];

const labels: Record<EngineId, string> = {
  'native-cpu': 'Native (CPU)',
  tensorflow: 'TensorFlow.js',
  reference: referenceEngine.label,
};

/** An engine, or null with the reason; `reason` beside an engine says what it had to do without. */
type Found = { readonly engine: Engine | null; readonly reason: string };

const finders: Record<EngineId, (request: Omit<EngineRequest, 'engine'>) => Found | Promise<Found>> = {
  'native-cpu': ({ threads }) => {
    const loaded = loadAddon();
    if ('reason' in loaded) return { engine: null, reason: loaded.reason };
    return { engine: nativeCpuEngine(loaded.addon, threads === undefined ? {} : { threads }), reason: '' };
  },
  tensorflow: async ({ backend }) => {
    const [{ tensorflowEngine }, { backendIds, bestBackend, probeBackend }] = await Promise.all([
      import('./tensorflow.ts'),
      import('./tensorflow/backends.ts'),
    ]);
    if (backend === undefined) {
      const best = await bestBackend();
      return { engine: best.backend && tensorflowEngine(best.backend), reason: best.reasons.join('; ') };
    }
    const id = backendIds.find((known) => known === backend);
    if (!id) return { engine: null, reason: `no backend "${backend}"; known are ${backendIds.join(', ')}` };
    const probe = await probeBackend(id);
    if ('reason' in probe) return { engine: null, reason: `${id}: ${probe.reason}` };
    return { engine: tensorflowEngine(probe), reason: '' };
  },
  reference: () => ({ engine: referenceEngine, reason: '' }),
};

/** What each engine has on this machine; loads TensorFlow.js to find out. */
export async function probeEngines(): Promise<EngineProbe[]> {
  return Promise.all(
    automaticOrder.map(async (id) => {
      const { engine, reason } = await finders[id]({});
      const label = engine?.label ?? labels[id];
      return { id, label, available: engine !== null, description: engine?.description ?? '', reason };
    }),
  );
}

/**
 * The engine for a run, and the reason in words. Throws LabError `engine.unavailable` or `engine.refused` where the one
 * asked for is not there or cannot do it.
 */
export async function chooseEngine(
  request: EngineRequest,
  setup: TrainingSetup,
): Promise<{ engine: Engine; reason: string }> {
  const { engine: asked, ...options } = request;
  if (asked !== 'auto') return askedFor(asked, await finders[asked](options), setup);
  const passedOver: string[] = [];
  for (const id of automaticOrder) {
    const { engine, reason } = await finders[id](options);
    const obstacle = engine ? engine.refusal(setup) : reason;
    if (engine && obstacle === null) {
      const why = passedOver.length > 0 ? `, not on ${passedOver.join(', nor on ')}` : ': the fastest here';
      return { engine, reason: `Training on "${id}"${why}.` };
    }
    passedOver.push(`"${id}" (${obstacle})`);
  }
  throw new LabError(
    'engine.refused',
    `Choosing an engine: expected one that can train this, found none: ${passedOver.join(', ')}.`,
  );
}

function askedFor(id: EngineId, { engine, reason }: Found, setup: TrainingSetup): { engine: Engine; reason: string } {
  if (!engine) {
    throw new LabError(
      'engine.unavailable',
      `Training on "${id}" as asked: it is not available, ${reason}. Choose another engine, or "auto".`,
    );
  }
  const refusal = engine.refusal(setup);
  if (refusal !== null) {
    throw new LabError('engine.refused', `Training on "${id}" as asked: ${refusal}. Choose another engine, or "auto".`);
  }
  return { engine, reason: `Training on "${id}": asked for.` };
}
