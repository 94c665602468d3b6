/** Small files made by hand, well formed or not. */
import { deflateSync } from 'fflate';
import { crc32 } from '../../src/core/data/formats/crc32.ts';
import { LabError } from '../../src/core/errors.ts';

export type NpyParts = { descr: string; fortran?: boolean; shape: string; version?: number; body?: Uint8Array };

/** `shape` as Python writes it, with its brackets. */
export function npyFile({ descr, fortran = false, shape, version = 1, body = new Uint8Array() }: NpyParts): Uint8Array {
  return npyWithHeader(`{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }\n`, {
    version,
    body,
  });
}

export function npyWithHeader(
  header: string,
  { version = 1, body = new Uint8Array() }: Partial<NpyParts> = {},
): Uint8Array {
  const text = Buffer.from(header, version === 3 ? 'utf8' : 'latin1');
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(text.length);
  else length.writeUInt32LE(text.length);
  return joined(Buffer.from('\x93NUMPY', 'latin1'), Uint8Array.of(version, 0), length, text, body);
}

export type ZipPart = {
  name: string;
  content: Uint8Array;
  stored?: boolean;
  zip64?: boolean;
  claims?: Partial<Claims>;
  /** instead of what it deflates to */
  packedAs?: Uint8Array;
};

/** What the directory says of a member. */
type Claims = { method: number; flags: number; checksum: number; packed: number; size: number; local: number };

export function zipFile(parts: readonly ZipPart[], { comment = '', zip64 = false } = {}): Uint8Array {
  const bodies: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let at = 0;
  for (const { name, content, stored = false, zip64: wide = false, claims, packedAs } of parts) {
    const packed = packedAs ?? (stored ? content : deflateSync(content));
    const method = stored ? 0 : 8;
    const said: Claims = {
      method,
      flags: 0,
      checksum: crc32(content),
      packed: packed.length,
      size: content.length,
      local: at,
      ...claims,
    };
    const local = joined(
      numbers([4, 0x04034b50], [2, 20], [8, 0], [8, 0], [4, 0], [2, name.length], [2, 0]),
      text(name),
    );
    const extra = wide ? numbers([2, 1], [2, 24], [8, said.size], [8, said.packed], [8, said.local]) : new Uint8Array();
    const narrow = (value: number): number => (wide ? 0xffffffff : value);
    entries.push(
      numbers([4, 0x02014b50], [2, 45], [2, 45], [2, said.flags], [2, said.method], [4, 0], [4, said.checksum]),
      numbers([4, narrow(said.packed)], [4, narrow(said.size)], [2, name.length], [2, extra.length], [2, 0]),
      numbers([2, 0], [2, 0], [4, 0], [4, narrow(said.local)]),
      text(name),
      extra,
    );
    bodies.push(local, packed);
    at += local.length + packed.length;
  }
  const directory = joined(...entries);
  const wideEnd = joined(
    numbers([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0]),
    numbers([8, parts.length], [8, parts.length], [8, directory.length], [8, at]),
    numbers([4, 0x07064b50], [4, 0], [8, at + directory.length], [4, 1]),
  );
  const [count, start] = zip64 ? [0xffff, 0xffffffff] : [parts.length, at];
  const end = numbers([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, directory.length], [4, start]);
  return joined(
    ...bodies,
    directory,
    zip64 ? wideEnd : new Uint8Array(),
    end,
    numbers([2, comment.length]),
    text(comment),
  );
}

/** Little-endian whole numbers of 2, 4 or 8 bytes. */
export function numbers(...parts: readonly (readonly [width: number, value: number])[]): Uint8Array {
  return joined(
    ...parts.map(([width, value]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value));
      return bytes.subarray(0, width);
    }),
  );
}

export const text = (s: string): Uint8Array => Buffer.from(s, 'latin1');

/** A plain Uint8Array, not a Node Buffer. */
export const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Code of the LabError thrown; anything else passes. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof LabError) return error.code;
    throw error;
  }
  return 'no error';
}

export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}
