/** PyTorch files of a state dictionary, made by hand: float32 zeros of the given shapes. */
import { joined, numbers, text, zipFile } from './files.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** `pickle` stands in for the one that belongs to the shapes. */
export function pthFile(shapes: Shapes, pickle = pthPickle(shapes)): Uint8Array {
  const storages = Object.values(shapes).map((shape, key) => ({
    name: `x/data/${key}`,
    content: new Uint8Array(4 * sizeOf(shape)),
    stored: true,
  }));
  return zipFile([
    { name: 'x/data.pkl', content: pickle, stored: true },
    { name: 'x/byteorder', content: text('little'), stored: true },
    ...storages,
  ]);
}

export function pthPickle(shapes: Shapes): Uint8Array {
  const tensors = Object.entries(shapes).flatMap(([name, shape], key) => [
    word(name),
    text('ctorch._utils\n_rebuild_tensor_v2\n(('),
    word('storage'),
    text('ctorch\nFloatStorage\n'),
    word(`${key}`),
    word('cpu'),
    text(`K${String.fromCharCode(sizeOf(shape))}tQK\0`),
    tuple(shape),
    tuple(shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))),
    text('\x89ccollections\nOrderedDict\n)RtRs'),
  ]);
  const penalty = Uint8Array.of(0x3f, 0xf8, 0, 0, 0, 0, 0, 0); // 1.5
  return joined(
    text('\x80\x02}q\0'),
    word('model_state_dict'),
    text('ccollections\nOrderedDict\n)R'),
    ...tensors,
    text('s'),
    word('regularization_activityL2'),
    text('G'),
    penalty,
    text('s.'),
  );
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);
const word = (s: string): Uint8Array => joined(text('X'), numbers([4, s.length]), text(s));
const tuple = (values: readonly number[]): Uint8Array =>
  joined(text('('), ...values.map((v) => Uint8Array.of(0x4b, v)), text('t'));
