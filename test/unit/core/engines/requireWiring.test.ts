import { describe, expect, it } from 'vitest';
import { requireWiring } from '../../../../src/core/engines/requireWiring.ts';
import { plainWiring, type Wiring } from '../../../../src/core/models/wiring.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import { feedbackAlignment } from '../../../../src/core/rules/feedbackAlignment.ts';
import { modProp } from '../../../../src/core/rules/modProp.ts';
import type { LearningRule } from '../../../../src/core/rules/rule.ts';
import { randomParameters, randomTensor, setupOf, smallShape, stateOf } from '../../../support/network.ts';

const parameters = randomParameters(smallShape, 1);
const square = randomTensor([9, 9], 2);

function open(rule: LearningRule, wiring: Partial<Wiring>): void {
  requireWiring(setupOf(rule, parameters), { ...plainWiring, ...wiring });
}

describe('requireWiring', () => {
  it.each([bptt, feedbackAlignment, modProp])('lets $label pass with all it needs', (rule) => {
    expect(() => open(rule, stateOf(rule, parameters).wiring)).not.toThrow();
    expect(() => open(bptt, { mask: square })).not.toThrow();
  });

  it.each<[string, LearningRule, Partial<Wiring>]>([
    ['a mask of the recurrent weights, 9 × 9, found 4 × 9', bptt, { mask: randomTensor([4, 9], 1) }],
    ['(Bout), 2 × 9, found none', feedbackAlignment, {}],
    ['(Bout), 2 × 9, found 9 × 2', feedbackAlignment, { Bout: randomTensor([9, 2], 1) }],
    ['(Brec), 9 × 9, found none', modProp, { cellTypes: [[0, 9]] }],
    ['units sorted into cell types, found no cell types', modProp, { Brec: square }],
    ['cell types within 9 units, found units 4 to 10', modProp, { Brec: square, cellTypes: [[4, 10]] }],
  ])('says what is missing: %s', (message, rule, wiring) => {
    expect(() => open(rule, wiring)).toThrow(
      expect.objectContaining({ code: 'engine.wiring', message: expect.stringContaining(message) }),
    );
  });
});
