/** What is kept of a network after k updates, and what is needed to go on from there bit for bit. */
import { LabError } from '../errors.ts';
import type { EngineId, EngineState } from '../engines/engine.ts';
import type { RandomState } from '../math/random/mt19937.ts';
import type { TorchRandomState } from '../math/random/torchRandom.ts';
import type { Tensor } from '../math/tensor.ts';
import { parameterNames } from '../models/parameters.ts';
import type { Parameters } from '../models/parameters.ts';
import type { Wiring } from '../models/wiring.ts';
import { decode, encode } from './safetensors.ts';
import { wiringArrays, wiringIn, wiringTexts } from './wiringArrays.ts';

export type Checkpoint = {
  readonly update: number;
  readonly parameters: Parameters;
  /** coefficient of the activity penalty that the next update would use */
  readonly activityPenalty: number;
  readonly wiring: Wiring;
};

/** A checkpoint with the optimizer's memory and the random streams, so that training goes on as if never stopped. */
export type ResumePoint = {
  readonly state: EngineState;
  /** the engine that trained so far; another one would round differently */
  readonly engine: EngineId;
  readonly random: { readonly trials: RandomState; readonly noise: TorchRandomState };
};

export function encodeCheckpoint({ update, parameters, activityPenalty, wiring }: Checkpoint): Uint8Array {
  return encode(
    { ...named(parameters, ''), ...wiringArrays(wiring) },
    { update: String(update), activityPenalty: String(activityPenalty), ...wiringTexts(wiring) },
  );
}

export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decode(bytes);
  return {
    update: numberIn(metadata, 'update'),
    parameters: parametersIn(tensors, ''),
    activityPenalty: numberIn(metadata, 'activityPenalty'),
    wiring: wiringIn(tensors, metadata),
  };
}

export function encodeResumePoint({ state, engine, random }: ResumePoint): Uint8Array {
  return encode(
    {
      ...named(state.parameters, ''),
      ...named(state.moments.first, 'first.'),
      ...named(state.moments.second, 'second.'),
      ...wiringArrays(state.wiring),
    },
    {
      update: String(state.update),
      activityPenalty: String(state.activityPenalty),
      ruleSeed: String(state.ruleSeed),
      engine,
      trials: randomText(random.trials),
      noise: randomText(random.noise),
      spareNormal: JSON.stringify(random.noise.spareNormal),
      ...wiringTexts(state.wiring),
    },
  );
}

export function decodeResumePoint(bytes: Uint8Array): ResumePoint {
  const { tensors, metadata } = decode(bytes);
  return {
    state: {
      update: numberIn(metadata, 'update'),
      parameters: parametersIn(tensors, ''),
      moments: { first: parametersIn(tensors, 'first.'), second: parametersIn(tensors, 'second.') },
      activityPenalty: numberIn(metadata, 'activityPenalty'),
      wiring: wiringIn(tensors, metadata),
      ruleSeed: 'ruleSeed' in metadata ? numberIn(metadata, 'ruleSeed') : 0, // older files: no rule drew
    },
    engine: textIn(metadata, 'engine') as EngineId,
    random: {
      trials: randomIn(metadata, 'trials'),
      noise: {
        ...randomIn(metadata, 'noise'),
        spareNormal: JSON.parse(textIn(metadata, 'spareNormal')) as number | null,
      },
    },
  };
}

function named(parameters: Parameters, prefix: string): Record<string, Tensor> {
  return Object.fromEntries(parameterNames.map((name) => [prefix + name, parameters[name]]));
}

function parametersIn(tensors: Record<string, Tensor>, prefix: string): Parameters {
  const found = parameterNames.map((name) => {
    const t = tensors[prefix + name];
    if (!t) throw damaged(`the array "${prefix}${name}" is missing`);
    return [name, t] as const;
  });
  return Object.fromEntries(found) as Parameters;
}

function textIn(metadata: Record<string, string>, key: string): string {
  const text = metadata[key];
  if (text === undefined) throw damaged(`its "${key}" is missing`);
  return text;
}

function numberIn(metadata: Record<string, string>, key: string): number {
  const value = Number(textIn(metadata, key));
  if (!Number.isFinite(value)) throw damaged(`its "${key}" is not a number`);
  return value;
}

function randomText(state: RandomState): string {
  return JSON.stringify([state.index, ...state.words]);
}

function randomIn(metadata: Record<string, string>, key: string): RandomState {
  const [index, ...words] = JSON.parse(textIn(metadata, key)) as number[];
  if (index === undefined || words.length !== 624) throw damaged(`its random stream "${key}" is incomplete`);
  return { index, words: Uint32Array.from(words) };
}

function damaged(what: string): LabError {
  return new LabError('checkpoint.damaged', `Reading a checkpoint: ${what}. Train the run again from its start.`);
}
