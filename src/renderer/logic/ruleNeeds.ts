/** What a rule needs, in words. */
import type { RuleChoice } from '../../app/contract.ts';

type Needs = RuleChoice['needs'];

/** In a few words, for lists. */
export function badgesOf({ locality, weightTransport, timing, draws }: Needs): string[] {
  return [
    locality,
    timing,
    weightTransport === 'none' ? 'no weight transport' : `transports ${transported[weightTransport]}`,
    ...(draws === 'every update' ? ['random'] : []),
  ];
}

const transported: Record<Exclude<Needs['weightTransport'], 'none'>, string> = {
  readout: 'readout',
  recurrent: 'recurrent weights',
  'readout and recurrent': 'all weights',
  'readout and cell types': 'readout, cell types',
};

/** Row by row, for the rule's card. */
export function needsInWords(needs: Needs): (readonly [label: string, value: string])[] {
  return [
    ['Synapses know', words.locality[needs.locality]],
    ['Errors come', words.signal[needs.signal]],
    ['Weight transport', words.weightTransport[needs.weightTransport]],
    ['Weight change', words.timing[needs.timing]],
    ['Chance', words.draws[needs.draws]],
    ['Memory', needs.memory],
  ];
}

const words: { [K in Exclude<keyof Needs, 'memory'>]: Record<Needs[K], string> } = {
  locality: {
    local: 'what their two units do, and signals sent to units or to all',
    'non-local': 'what other synapses and units know',
  },
  signal: {
    'one number for all': 'as one number for all synapses',
    'to each unit': 'from the outputs to each unit',
    'between units': 'on from unit to unit',
  },
  weightTransport: {
    none: 'none: feedback has weights of its own',
    readout: 'the readout weights are known to the feedback',
    recurrent: 'the recurrent weights are known to the feedback',
    'readout and recurrent': 'readout and recurrent weights are known to the feedback',
    'readout and cell types': 'the readout weights, and means of the recurrent ones over cell types',
  },
  timing: {
    online: 'known as the trial goes on',
    offline: 'known only after going back through the trial',
  },
  draws: {
    none: 'nothing is drawn',
    once: 'feedback weights are drawn once',
    'every update': 'something is drawn anew in every update',
  },
};
