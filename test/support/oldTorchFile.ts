/** Pickles of a tensor as PyTorch writes them (torch.save's old format inside), made by hand. */
import { joined, numbers, text } from './files.ts';

const magic = joined(
  text('\x80\x02\x8a\x0a'),
  Uint8Array.from([0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]),
  text('.'),
);
const version = text('\x80\x02M\xe9\x03.');
const machine = (littleEndian: boolean): Uint8Array =>
  joined(text('\x80\x02}'), word('little_endian'), text(littleEndian ? '\x88s.' : '\x89s.'));

export type OldStorage = {
  magic?: Uint8Array;
  version?: Uint8Array;
  littleEndian?: boolean;
  /** the pickle of the object */
  object?: Uint8Array;
  keys?: readonly string[];
  /** said before the data */
  count?: number;
  data?: Uint8Array;
};

/** A storage of float32 values in a file of its own. */
export function oldTorchStorageFile(values: readonly number[], change: OldStorage = {}): Uint8Array {
  const data = change.data ?? new Uint8Array(Float32Array.from(values).buffer);
  const keys = (change.keys ?? ['7']).map(word);
  return joined(
    change.magic ?? magic,
    change.version ?? version,
    machine(change.littleEndian ?? true),
    change.object ?? referencePickle(values.length),
    joined(text('\x80\x02]('), ...keys, text('e.')),
    numbers([8, change.count ?? values.length]),
    data,
  );
}

/** A pickle that refers to a storage, and to nothing else. */
export function referencePickle(count: number): Uint8Array {
  const elements = joined(text('M'), numbers([2, count]));
  return joined(
    text('\x80\x02('),
    word('storage'),
    text('ctorch\nFloatStorage\n'),
    word('7'),
    word('cpu'),
    elements,
    text('NtQ.'),
  );
}

/** A dictionary with the tensor `x` of the given shape; its data in the old format. */
export function tensorPickle(shape: readonly number[], storage: Uint8Array): Uint8Array {
  return joined(
    text('\x80\x04}'),
    word('x'),
    text('ctorch._utils\n_rebuild_tensor_v2\n(ctorch.storage\n_load_from_bytes\nB'),
    numbers([4, storage.length]),
    storage,
    text('\x85RK\0'),
    tuple(shape),
    tuple(shape.map((_, axis) => shape.slice(axis + 1).reduce((n, m) => n * m, 1))),
    text('\x89NtRs.'),
  );
}

const tuple = (extents: readonly number[]): Uint8Array =>
  joined(text('('), ...extents.map((v) => Uint8Array.of(0x4b, v)), text('t'));

function word(s: string): Uint8Array {
  return joined(text('X'), numbers([4, s.length]), text(s));
}
