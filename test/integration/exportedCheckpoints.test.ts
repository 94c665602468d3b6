/** Exported networks in PyTorch and NumPy: the same numbers, and the same activity by the equation in docs/formats.md. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFormats } from '../../src/core/checkpoints/exportFormats.ts';
import type { Checkpoint } from '../../src/core/checkpoints/checkpoint.ts';
import { forwardPass } from '../../src/core/engines/forward.ts';
import { initialState } from '../../src/core/engines/state.ts';
import { inPrecision, tensor, type Tensor } from '../../src/core/math/tensor.ts';
import { daleMask } from '../../src/core/models/daleWeights.ts';
import { mapParameters, parameterNames, type NetworkShape } from '../../src/core/models/parameters.ts';
import { plainWiring } from '../../src/core/models/wiring.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import { randomParameters, randomTensor } from '../support/network.ts';
import { python, pythonLacks } from '../support/python.ts';
import { largestDifference } from '../support/reference.ts';

const shape: NetworkShape = {
  units: 40,
  inputs: 3,
  outputs: 2,
  activation: 'retanh',
  alpha: 0.1,
  leak: 'preactivation',
  dale: true,
};
const input = randomTensor([4, 60, 3], 5);

function network(precision: 'float32' | 'float64', dale: boolean): Checkpoint {
  const wiring = dale ? { ...plainWiring, mask: daleMask(40), Bout: randomTensor([2, 40], 7) } : plainWiring;
  const state = initialState(randomParameters(shape, 6), 2.5, precision, wiring);
  return { update: 25, parameters: state.parameters, activityPenalty: 2.5, wiring: state.wiring };
}

const forward = `
import sys, json, numpy as np
def run(p, mask, dale, alpha, x):
    W = (np.abs(p['Wrec']) if dale else p['Wrec']) * (1 if mask is None else mask)
    f = lambda a: np.maximum(np.tanh(a), 0)
    trials, steps, _ = x.shape
    a = np.tile(p['a0'], (trials, 1)); h = f(a); out = []
    for t in range(steps):
        a = a + alpha * (-a + h @ W.T + x[:, t] @ p['Win'].T + p['b'])
        h = f(a)
        out.append(h @ p['Wout'].T + p['bout'])
    return np.stack(out, 1)
question = json.load(open(sys.argv[1]))
x = np.array(question['input']).reshape(question['shape'])
def answer(p, mask, meta, dtypes):
    about = meta['about']
    y = run({k: np.asarray(v, dtype=float) for k, v in p.items()}, mask, about['dale'], about['alpha'], x)
    print(json.dumps({'y': y.ravel().tolist(), 'meta': meta, 'dtypes': dtypes,
                      'p': {k: np.asarray(v, dtype=float).ravel().tolist() for k, v in p.items()}}))
`;
const torchScript = `${forward}
import torch
c = torch.load(sys.argv[2])
ours = {'ah0': 'a0', 'fc_x2ah.weight': 'Win', 'fc_h2ah.weight': 'Wrec', 'fc_x2ah.bias': 'b', 'fc_h2y.weight': 'Wout', 'fc_h2y.bias': 'bout'}
state = c['model_state_dict']
assert list(state.keys()) == list(ours.keys())
assert type(state).__name__ == 'OrderedDict' and not any(t.requires_grad for t in state.values())
mask = c['wiring']['mask'].numpy() if 'wiring' in c else None
meta = json.loads(c['metadata'])
assert c['update'] == meta['update'] and c['regularization_activityL2'] == meta['activityPenalty']
layer = torch.nn.Linear(40, 2).to(state['fc_h2y.weight'].dtype)  # what the published code does with them
layer.load_state_dict({'weight': state['fc_h2y.weight'], 'bias': state['fc_h2y.bias']})
answer({ours[k]: v.numpy() for k, v in state.items()}, mask, meta, sorted({str(v.numpy().dtype) for v in state.values()}))
`;
const numpyScript = `${forward}
z = np.load(sys.argv[2], allow_pickle=False)
p = {k: z[k] for k in ['a0', 'Win', 'Wrec', 'b', 'Wout', 'bout']}
answer(p, z['mask'] if 'mask' in z else None, json.loads(str(z['metadata'])), sorted({str(v.dtype) for v in p.values()}))
`;

type Answer = { y: number[]; meta: { update: number; about: object }; dtypes: string[]; p: Record<string, number[]> };

describe.each([
  { id: 'pth', script: torchScript, lacks: pythonLacks('torch', 'numpy') },
  { id: 'npz', script: numpyScript, lacks: pythonLacks('numpy') },
])('an exported .$id file', ({ id, script, lacks }) => {
  let folder: string;
  beforeAll(() => (folder = temporaryFolder()));
  afterAll(() => removeFolder(folder));

  describe.skipIf(lacks !== null)(lacks === null ? 'read by Python' : `(skipped: ${lacks})`, () => {
    it.each([
      ['float32', false],
      ['float32', true],
      ['float64', true],
    ] as const)('gives the same numbers and the same readout: %s, with Dale’s law: %s', (precision, dale) => {
      const checkpoint = network(precision, dale);
      const file = path.join(folder, `network.${id}`);
      const question = path.join(folder, 'question.json');
      const about = { alpha: 0.1, dale, rule: 'e-prop, « 😀 »' };
      writeFileSync(file, exportFormats.get(id).encode(checkpoint, about));
      writeFileSync(question, JSON.stringify({ input: [...input.data], shape: input.shape }));
      const { y, meta, dtypes, p } = python<Answer>(script, question, file);

      expect(meta).toMatchObject({ update: 25, about });
      expect(dtypes).toEqual([precision]);
      for (const name of parameterNames) expect(p[name], name).toEqual([...checkpoint.parameters[name].data]);
      const double = (t: Tensor): Tensor<Float64Array> => inPrecision(t, 'float64') as Tensor<Float64Array>;
      const { y: expected } = forwardPass(
        { ...shape, dale },
        mapParameters(checkpoint.parameters, double),
        checkpoint.wiring,
        tensor(input.shape, Float64Array.from(input.data)),
        null,
      );
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.1);
      expect(largestDifference(y, expected)).toBeLessThan(1e-12);
    });
  });
});

/** The reader that runs nothing from the file knows no fractions in PyTorch 1.13, so the penalty is a whole number here. */
const safeScript = `
import sys, json, torch, inspect
known = 'weights_only' in inspect.signature(torch.load).parameters
c = torch.load(sys.argv[1], **({'weights_only': True} if known else {}))
print(json.dumps({'known': known, 'penalty': c['regularization_activityL2'],
                  'Wrec': c['model_state_dict']['fc_h2ah.weight'].double().ravel().tolist()}))
`;
const noTorch = pythonLacks('torch');

it.skipIf(noTorch !== null)(
  `an exported .pth file holds nothing that PyTorch would have to run${noTorch === null ? '' : ` (skipped: ${noTorch})`}`,
  () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'network.pth');
    const checkpoint = { ...network('float32', true), activityPenalty: 2 };
    writeFileSync(file, exportFormats.get('pth').encode(checkpoint, { rule: 'e-prop' }));
    const { penalty, Wrec } = python<{ penalty: number; Wrec: number[] }>(safeScript, file);
    expect(penalty).toBe(2);
    expect(Wrec).toEqual([...checkpoint.parameters.Wrec.data]);
    removeFolder(folder);
  },
);
