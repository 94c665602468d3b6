/** The examples of docs/extending.md: they compile as files of the project, and do what the page says. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/engines/reference.ts';
import { initialState } from '../../src/core/engines/state.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import type { Activation } from '../../src/core/models/activations.ts';
import { parameterNames } from '../../src/core/models/parameters.ts';
import { plainWiring } from '../../src/core/models/wiring.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import type { LearningRule } from '../../src/core/rules/rule.ts';
import type { TaskDefinition } from '../../src/core/tasks/task.ts';
import { projectFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import {
  adam,
  largestDifferenceOf,
  openNetwork,
  plainLoss,
  randomBatch,
  randomParameters,
  smallShape,
} from '../support/network.ts';

const page = readFileSync(path.join(projectFolder, 'docs/extending.md'), 'utf8');
const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

/** Code by the path in its first line. */
const examples = new Map(
  Array.from(page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g), ([, file, code]) => [file, code] as const),
);

/** Written elsewhere, so that the project stays as it is; imports lead to the project's own files. */
function written(file: string): string {
  const home = path.join(projectFolder, path.dirname(file));
  const code = examples.get(file)!.replaceAll(/from '(\.[^']+)'/g, (_, to: string) => `from '${path.join(home, to)}'`);
  const copy = path.join(folder, file);
  mkdirSync(path.dirname(copy), { recursive: true });
  writeFileSync(copy, code);
  return copy;
}

const example = async <T>(file: string, name: string): Promise<T> =>
  ((await import(/* @vite-ignore */ written(file))) as Record<string, T>)[name];

describe('the page on extending', () => {
  it('has an example of a rule, a task and an activation function', () => {
    expect([...examples.keys()]).toEqual([
      'src/core/rules/straightThrough.ts',
      'src/core/tasks/goNoGo.ts',
      'src/core/models/softsign.ts',
    ]);
  });

  it('has examples that compile under the rules of the core', { timeout: 60_000 }, () => {
    const { config } = ts.readConfigFile(path.join(projectFolder, 'tsconfig.json'), (f) => ts.sys.readFile(f));
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...(config as { compilerOptions: object }).compilerOptions, types: [] },
      projectFolder,
    );
    const globals = path.join(projectFolder, 'src/core/globals.d.ts');
    const program = ts.createProgram([globals, ...[...examples.keys()].map(written)], options);
    const faults = ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
    expect(faults).toEqual([]);
  });

  it('names the lines of registration by files that are there', () => {
    for (const [, file] of page.matchAll(/`(src\/[^`]+\.ts|test\/[^`]+\.ts)`/g)) {
      expect(ts.sys.fileExists(path.join(projectFolder, file)), file).toBe(true);
    }
  });
});

describe('the example of a rule', () => {
  it('equals BPTT where units are linear, differs where they are not, and gives the readout the exact gradient', async () => {
    const rule = await example<LearningRule>('src/core/rules/straightThrough.ts', 'straightThrough');
    const parameters = randomParameters(smallShape, 1);
    const batch = randomBatch(smallShape, 4, 12, 2);
    const apart = (activation: 'linear' | 'tanh', names: (typeof parameterNames)[number][]): number => {
      const gradient = (r: LearningRule) => openNetwork(r, parameters, { activation }).gradient(batch, null).gradient;
      return largestDifferenceOf(gradient(rule), gradient(bptt), names);
    };
    expect(apart('linear', [...parameterNames])).toBeLessThan(1e-14);
    expect(apart('tanh', ['Wout', 'bout'])).toBeLessThan(1e-14);
    for (const name of ['Win', 'Wrec', 'b', 'a0'] as const) expect(apart('tanh', [name]), name).toBeGreaterThan(1e-3);
  });
});

describe('the example of a task', () => {
  it('is learned', async () => {
    const definition = await example<TaskDefinition>('src/core/tasks/goNoGo.ts', 'goNoGo');
    const settings = { dtMs: 50 };
    const task = definition.pose(definition.protocol!(settings), settings);
    const shape = { ...smallShape, units: 20, inputs: 3, outputs: 1, alpha: 0.5 };
    const setup = { shape, rule: bptt, ...plainLoss, optimizer: adam };
    const network = referenceEngine.open(setup, initialState(randomParameters(shape, 1), 0, 'float64', plainWiring));
    const random = NumpyRandom.seeded(1);
    const losses = Array.from({ length: 400 }, () => network.update(task.draw(random, 20), null).main);
    network.close();
    expect(losses[0]).toBeGreaterThan(0.2);
    expect(Math.max(...losses.slice(-10))).toBeLessThan(0.02);
  });
});

describe('the example of an activation function', () => {
  it('has the slope of its value', async () => {
    const { value, slope } = await example<Activation>('src/core/models/softsign.ts', 'softsign');
    for (let a = -3.05; a < 3.1; a += 0.1) {
      expect(slope(a, 1)).toBeCloseTo((value(a + 1e-5, 1) - value(a - 1e-5, 1)) / 2e-5, 7);
    }
  });
});
