import { describe, expect, it } from 'vitest';
import type { TrainingSetup } from '../../../../src/core/engines/engine.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import { directFeedbackAlignment } from '../../../../src/core/rules/directFeedbackAlignment.ts';
import { epropAdaptive } from '../../../../src/core/rules/epropAdaptive.ts';
import { nodePerturbation } from '../../../../src/core/rules/nodePerturbation.ts';
import { recurrentFeedbackAlignment } from '../../../../src/core/rules/recurrentFeedbackAlignment.ts';
import { rflo } from '../../../../src/core/rules/rflo.ts';
import { snap1 } from '../../../../src/core/rules/snap1.ts';
import { threeFactor } from '../../../../src/core/rules/threeFactor.ts';
import { uoro } from '../../../../src/core/rules/uoro.ts';
import type { CandidateId, Finding } from '../../../../src/platform/engines/candidates.ts';
import { decide } from '../../../../src/platform/engines/choice.ts';
import { automaticEngine, describeFindings } from '../../../../src/platform/engines/index.ts';
import { adam, plainLoss, smallShape } from '../../../support/network.ts';

const setup: TrainingSetup = { shape: smallShape, rule: bptt, ...plainLoss, optimizer: adam };
const unknown = { ...setup, shape: { ...smallShape, activation: 'sine' as TrainingSetup['shape']['activation'] } };

const all: CandidateId[] = ['native-cuda', 'native-cpu', 'tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu', 'reference'];

/** A machine that has these; of the others it says that they are broken. */
function machineWith(...there: CandidateId[]): Finding[] {
  return all.map((candidate) => ({
    candidate,
    description: there.includes(candidate) ? `the ${candidate}` : '',
    reason: there.includes(candidate) ? null : `${candidate} is broken`,
    activations: candidate.startsWith('native') ? ['tanh', 'retanh'] : null,
  }));
}

const everyForm = {
  readout: ['transpose', 'random', 'adaptive'],
  recurrent: ['none', 'transpose', 'cell-types', 'diagonal', 'random'],
  keeps: ['state', 'rate', 'nothing'],
};

describe('the automatic choice', () => {
  it.each<[CandidateId[], CandidateId]>([
    [all, 'native-cuda'],
    [['native-cpu', 'tfjs-node-gpu', 'reference'], 'native-cpu'],
    [['tfjs-node-gpu', 'wasm', 'reference'], 'tfjs-node-gpu'],
    [['tfjs-node', 'reference'], 'tfjs-node'],
    [['wasm', 'cpu', 'reference'], 'reference'],
  ])('of %j is %s', (there, taken) => {
    expect(decide({ engine: 'auto' }, setup, machineWith(...there)).candidate).toBe(taken);
  });

  it('says what it passed over and why', () => {
    const { reason } = decide({ engine: 'auto' }, setup, machineWith('native-cpu', 'reference'));
    expect(reason).toBe('Training on "native-cpu", not on "native-cuda" (native-cuda is broken).');
  });

  it('speaks of analysis where nothing is trained', () => {
    const purpose = 'analysis';
    const { reason } = decide({ engine: 'auto', purpose }, setup, machineWith('native-cuda'));
    expect(reason).toBe('Analysing on "native-cuda": the fastest there is.');
    expect(() => decide({ engine: 'reference', purpose }, setup, machineWith())).toThrow(/^Analysing on "reference"/);
  });

  it('passes over what cannot do the setup', () => {
    const { candidate, reason } = decide({ engine: 'auto' }, unknown, machineWith('native-cpu', 'wasm', 'reference'));
    expect(candidate).toBe('reference');
    expect(reason).toContain('"native-cpu" (it has no activation function "sine")');
  });

  it.each([uoro, nodePerturbation, directFeedbackAlignment])(
    'falls to the reference engine for $label, and says why',
    (rule) => {
      const { candidate, reason } = decide({ engine: 'auto' }, { ...setup, rule }, machineWith(...all));
      expect(candidate).toBe('reference');
      expect(reason).toContain(
        `"native-cuda" and "native-cpu" (${rule.label} computes its gradient in its own way, which only "reference" follows)`,
      );
      expect(reason).toContain(`it does not train with ${rule.label}`);
      expect(() => decide({ engine: 'native-cpu' }, { ...setup, rule }, machineWith(...all))).toThrow(
        expect.objectContaining({ code: 'engine.refused' }),
      );
    },
  );

  it.each([snap1, rflo, epropAdaptive, threeFactor, recurrentFeedbackAlignment])(
    'takes an engine for $label that says it knows its way of credit, and none that is silent about it',
    (rule) => {
      const machine = machineWith(...all).map((finding) => ({
        ...finding,
        ...(finding.candidate === 'native-cpu' && { creditForms: everyForm }),
      }));
      const taken = decide({ engine: 'auto' }, { ...setup, rule }, machine);
      expect(taken.candidate).toBe('native-cpu');
      expect(taken.reason).toContain(
        `"native-cuda" (it does not know the way in which errors travel in ${rule.label})`,
      );
      expect(decide({ engine: 'auto' }, { ...setup, rule }, machineWith(...all)).candidate).toBe('reference');
    },
  );

  it('takes the first engine with the precision asked for, and says what the others lack', () => {
    const precisions: Partial<Record<CandidateId, string[]>> = {
      'native-cuda': ['float32', 'tf32'],
      'native-cpu': ['float32', 'bf16'],
    };
    const machine = machineWith(...all).map((f) => ({ ...f, precisions: precisions[f.candidate] }));
    const taken = decide({ engine: 'auto', precision: 'bf16' }, setup, machine);
    expect(taken.candidate).toBe('native-cpu');
    expect(taken.reason).toBe('Training on "native-cpu", not on "native-cuda" (it has no products of bf16 here).');
    expect(decide({ engine: 'auto', precision: 'tf32' }, setup, machine).candidate).toBe('native-cuda');
    expect(decide({ engine: 'auto', precision: 'float32' }, setup, machine).candidate).toBe('native-cuda');
  });

  it('refuses a precision that no engine has here', () => {
    expect(() => decide({ engine: 'auto', precision: 'bf16' }, setup, machineWith(...all))).toThrow(
      expect.objectContaining({
        code: 'engine.refused',
        message: expect.stringContaining(
          '"native-cpu" (it has no products of bf16 here; that takes Intel AMX',
        ) as string,
      }),
    );
  });

  it('analyses in float32 what was trained in another precision', () => {
    const request = { engine: 'native-cpu', precision: 'bf16', purpose: 'analysis' } as const;
    expect(decide(request, setup, machineWith(...all)).candidate).toBe('native-cpu');
  });

  it('says in a sentence what it costs to have no native engine', () => {
    expect(automaticEngine(machineWith('wasm', 'reference'))).toMatchObject({
      id: 'reference',
      cost: expect.stringContaining('native engine, which this computer lacks') as string,
    });
    expect(automaticEngine(machineWith('native-cpu', 'reference')).cost).toBe('');
  });
});

describe('an engine asked for', () => {
  it('is taken', () => {
    const { candidate, reason } = decide({ engine: 'tensorflow' }, setup, machineWith('native-cpu', 'wasm'));
    expect([candidate, reason]).toEqual(['wasm', 'Training on "tensorflow": asked for.']);
  });

  it('is never replaced when it is not there', () => {
    expect(() => decide({ engine: 'native-cuda' }, setup, machineWith('native-cpu'))).toThrow(
      expect.objectContaining({
        code: 'engine.unavailable',
        message: expect.stringContaining('native-cuda is broken') as string,
      }),
    );
  });

  it('is never replaced when it cannot do the setup', () => {
    expect(() => decide({ engine: 'tensorflow', backend: 'cpu' }, unknown, machineWith('cpu'))).toThrow(
      expect.objectContaining({
        code: 'engine.refused',
        message: expect.stringContaining('no activation function "sine"') as string,
      }),
    );
  });

  it('is never replaced when it has not the precision', () => {
    for (const [engine, precision] of [
      ['native-cpu', 'tf32'],
      ['native-cuda', 'bf16'],
      ['reference', 'bf16'],
      ['tensorflow', 'bf16'],
    ] as const)
      expect(() => decide({ engine, precision }, setup, machineWith(...all))).toThrow(
        expect.objectContaining({
          code: 'engine.refused',
          message: expect.stringContaining(`it has no products of ${precision} here`) as string,
        }),
      );
  });

  it('must be known', () => {
    expect(() => decide({ engine: 'tensorflow', backend: 'abacus' }, setup, machineWith('cpu'))).toThrow(
      expect.objectContaining({
        code: 'engine.unavailable',
        message: expect.stringContaining('no backend "abacus"; known are tfjs-node-gpu') as string,
      }),
    );
  });
});

describe('the description of what was found', () => {
  it('has one entry per engine, and tells which work on request only', () => {
    const described = describeFindings(machineWith('native-cpu', 'wasm', 'reference'));
    expect(described.map(({ id, available, automatic }) => [id, available, automatic])).toEqual([
      ['native-cuda', false, false],
      ['native-cpu', true, true],
      ['tensorflow', true, false],
      ['reference', true, true],
    ]);
    expect(described[2].reason).toBe(
      'works on request only, since it is slower than the reference engine; ' +
        'tfjs-node-gpu: tfjs-node-gpu is broken; tfjs-node: tfjs-node is broken',
    );
  });
});
