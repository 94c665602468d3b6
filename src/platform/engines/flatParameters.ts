/** Parameters as one flat float32 array, in the order of `parameterNames`: what the native engine holds. */
import { sizeOf, tensor } from '../../core/math/tensor.ts';
import { parameterNames, parameterShapes, type NetworkShape, type Parameters } from '../../core/models/parameters.ts';

export function parameterCount(shape: NetworkShape): number {
  return Object.values(parameterShapes(shape)).reduce((n, extents) => n + sizeOf(extents), 0);
}

export function flatten(shape: NetworkShape, parameters: Parameters): Float32Array {
  const flat = new Float32Array(parameterCount(shape));
  let start = 0;
  for (const name of parameterNames) {
    flat.set(parameters[name].data, start);
    start += parameters[name].data.length;
  }
  return flat;
}

/** Copies: the tensors share nothing with the flat array. */
export function unflatten(shape: NetworkShape, flat: Float32Array): Parameters {
  const shapes = parameterShapes(shape);
  let start = 0;
  const entries = parameterNames.map((name) => {
    const extents = shapes[name];
    const end = start + sizeOf(extents);
    const part = tensor(extents, flat.slice(start, end));
    start = end;
    return [name, part];
  });
  return Object.fromEntries(entries) as Parameters;
}
