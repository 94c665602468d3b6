/** Gradients of bf16: near those of float32, as good to learn by, refused in words where they cannot be had. */
import { describe, expect, it } from 'vitest';
import type { Engine, Network } from '../../src/core/engines/engine.ts';
import { NumpyRandom } from '../../src/core/math/random/numpyRandom.ts';
import { parameterNames, type Parameters } from '../../src/core/models/parameters.ts';
import { bptt } from '../../src/core/rules/bptt.ts';
import { eprop } from '../../src/core/rules/eprop.ts';
import { chooseEngine } from '../../src/platform/engines/index.ts';
import type { NativePrecision } from '../../src/platform/engines/nativeAddon.ts';
import { nativeCpuEngine } from '../../src/platform/engines/nativeCpu.ts';
import { describeNative, instructionSets, nativeAddon } from '../support/nativeEngine.ts';
import { openNetwork, plainForm, randomBatch, randomParameters, setupOf } from '../support/network.ts';
import { smallNetwork } from '../support/smallNetwork.ts';

const has = instructionSets.length > 0 && nativeAddon().precisions?.cpu.includes('bf16') === true;
const shape = { units: 60, inputs: 3, outputs: 2, activation: 'tanh', alpha: 0.1, ...plainForm } as const;
const parameters = randomParameters(shape, 1);
const batch = randomBatch(shape, 45, 40, 2);

const engineOf = (precision: NativePrecision, threads = 1): Engine =>
  nativeCpuEngine(nativeAddon(), { precision, threads });
const flat = (p: Parameters): number[] => parameterNames.flatMap((name) => Array.from(p[name].data));
const norm = (v: readonly number[]): number => Math.hypot(...v);
const distance = (u: readonly number[], v: readonly number[]): number => norm(u.map((x, i) => x - v[i]));

describeNative('bf16', () => {
  describe.skipIf(!has)(`where the processor has it${has ? '' : ' (skipped: this one has not)'}`, () => {
    const open = (precision: NativePrecision, rule = bptt, activation: 'tanh' | 'retanh' = 'tanh'): Network =>
      openNetwork(rule, parameters, { engine: engineOf(precision), activation, alpha: 0.1 });

    it.each([
      ['BPTT', bptt, 'tanh'],
      ['BPTT', bptt, 'retanh'],
      ['e-prop', eprop, 'tanh'],
      ['e-prop', eprop, 'retanh'],
    ] as const)(
      'gives a gradient within 2⁻¹⁰ of the length of float32’s, and another one: %s, %s',
      (_, rule, activation) => {
        const [exact, rounded] = (['float32', 'bf16'] as const).map((precision) =>
          flat(open(precision, rule, activation).gradient(batch, null).gradient),
        );
        const error = distance(rounded, exact) / norm(exact);
        expect(error).toBeLessThan(2 ** -10); // each factor is off by up to 2⁻⁸, thousands of products by less
        expect(error).toBeGreaterThan(2 ** -20);
      },
    );

    it('leaves the forward pass and the losses of a first update as they are', () => {
      const [exact, rounded] = [open('float32'), open('bf16')];
      expect(rounded.readout(batch.input)).toEqual(exact.readout(batch.input));
      const [{ main, activity }, update] = [exact.update(batch, null), rounded.update(batch, null)];
      expect(update).toMatchObject({ main, activity });
    });

    it('takes weights the same way as float32: after ten updates 1 % of it apart at most', () => {
      const [start, exact, rounded] = [flat(parameters), open('float32'), open('bf16')];
      for (let i = 0; i < 10; i++) for (const network of [exact, rounded]) network.update(batch, null);
      const way = distance(flat(exact.state().parameters), start);
      expect(distance(flat(rounded.state().parameters), flat(exact.state().parameters)) / way).toBeLessThan(0.01);
    });

    it('gives the same bits with any number of threads', () => {
      const after = (threads: number) => {
        const network = openNetwork(bptt, parameters, { engine: engineOf('bf16', threads) });
        for (let i = 0; i < 3; i++) network.update(batch, null);
        return network.state();
      };
      expect(after(2)).toEqual(after(1));
      expect(after(5)).toEqual(after(1));
    });

    it('learns a task as float32 does', { timeout: 60_000 }, () => {
      const [exact, rounded] = [learned(engineOf('float32')), learned(engineOf('bf16'))];
      expect(rounded.after).toBeLessThan(rounded.before / 5);
      expect(rounded.after).toBeLessThan(1.5 * exact.after);
    });

    it('is what a run is trained in that asks for it, and says so', async () => {
      const request = { engine: 'native-cpu', precision: 'bf16', threads: 1 } as const;
      const { engine } = await chooseEngine(request, setupOf(bptt, parameters));
      expect(engine.description).toBe(`C++, bf16, ${instructionSets[0]}, 1 thread`);
      const analysis = await chooseEngine({ ...request, purpose: 'analysis' }, setupOf(bptt, parameters));
      expect(analysis.engine.description).toContain('float32');
    });
  });

  it.each(instructionSets.slice(has ? 1 : 0))('is refused in words by %s', (instructionSet) => {
    const engine = nativeCpuEngine(nativeAddon(), { precision: 'bf16', instructionSet });
    expect(() => openNetwork(bptt, parameters, { engine })).toThrow(/expected float32; bf16 needs .*Intel AMX/);
  });

  it('and by an engine that has only other precisions', async () => {
    const setup = setupOf(bptt, parameters);
    await expect(chooseEngine({ engine: 'reference', precision: 'bf16' }, setup)).rejects.toMatchObject({
      code: 'engine.refused',
      message: expect.stringContaining('it has no products of bf16 here') as string,
    });
  });
});

/** Main loss on trials of their own before and after 200 updates of delayed responses. */
function learned(engine: Engine): { before: number; after: number } {
  const { task, network } = smallNetwork(engine, 'delayed-response', { dtMs: 40, places: 4 });
  const [random, test] = [NumpyRandom.seeded(1), task.draw(NumpyRandom.seeded(2), 100)];
  const before = network.gradient(test, null).loss.main;
  for (let update = 0; update < 200; update++) network.update(task.draw(random, 40), null);
  const after = network.gradient(test, null).loss.main;
  network.close();
  return { before, after };
}
