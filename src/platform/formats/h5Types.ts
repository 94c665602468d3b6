/** Types of HDF5 → what can be made of their elements. */
import type { Dtype } from '../../core/data/formats/format.ts';
import type { TypeMetadata } from './h5Module.ts';

export type H5Type =
  | { kind: 'numbers'; dtype: Dtype; width: number; littleEndian: boolean }
  /** real and imaginary part */
  | { kind: 'complex'; dtype: 'float32' | 'float64'; width: number }
  | { kind: 'text'; width: number; variable: boolean; padded: boolean }
  | { kind: 'reference'; width: number }
  /** lists of numbers of different lengths */
  | { kind: 'ragged'; width: number; of: Extract<H5Type, { kind: 'numbers' }> }
  | { kind: 'records'; width: number; fields: { name: string; offset: number; type: H5Type }[] }
  /** an array in every element */
  | { kind: 'blocks'; width: number; shape: number[]; of: Extract<H5Type, { kind: 'numbers' }> }
  | { kind: 'unknown'; width: number; what: string };

const classes = {
  integer: 0,
  float: 1,
  text: 3,
  compound: 6,
  reference: 7,
  enumeration: 8,
  variable: 9,
  array: 10,
} as const;

/** Elements come with the least significant byte first, but for those of records of mixed order. */
export function typeOf(metadata: TypeMetadata, littleEndian = true): H5Type {
  const { type, size: width } = metadata;
  const unknown = (what: string): H5Type => ({ kind: 'unknown', width, what });
  switch (type) {
    case classes.integer: {
      const dtype = `${metadata.signed ? 'int' : 'uint'}${8 * width}` as Dtype;
      return [1, 2, 4, 8].includes(width) ? { kind: 'numbers', dtype, width, littleEndian } : unknown('wide integers');
    }
    case classes.float: {
      const dtype = `float${8 * width}` as Dtype;
      return [2, 4, 8].includes(width) ? { kind: 'numbers', dtype, width, littleEndian } : unknown('wide floats');
    }
    case classes.enumeration: {
      const names = Object.keys(metadata.enum_type?.members ?? {}).sort();
      const isFlag = width === 1 && names.join().toLowerCase() === 'false,true';
      const dtype = isFlag ? 'bool' : (`int${8 * width}` as Dtype);
      return [1, 2, 4, 8].includes(width) ? { kind: 'numbers', dtype, width, littleEndian } : unknown('wide integers');
    }
    case classes.text:
      return { kind: 'text', width, variable: metadata.vlen, padded: metadata.strpad === 2 };
    case classes.reference:
      return metadata.ref_type === 'object' && width === 8
        ? { kind: 'reference', width }
        : unknown('references to regions');
    case classes.variable:
      return raggedOf(metadata.vlen_type, width) ?? unknown('lists of other than numbers');
    case classes.array: {
      const { array_type: inner } = metadata;
      const of = inner && typeOf(inner);
      return inner && of?.kind === 'numbers'
        ? { kind: 'blocks', width, shape: inner.shape, of }
        : unknown('arrays of other than numbers');
    }
    case classes.compound:
      return recordOf(metadata);
    default:
      return unknown(`type ${type}`);
  }
}

/** Characters one by one, as MATLAB keeps names of fields, count as their codes. */
function raggedOf(inner: TypeMetadata | undefined, width: number): H5Type | null {
  const of = inner && typeOf(inner);
  if (of?.kind === 'numbers') return { kind: 'ragged', width, of };
  const code = { kind: 'numbers', dtype: 'uint8', width: 1, littleEndian: true } as const;
  return of?.kind === 'text' && of.width === 1 && !of.variable ? { kind: 'ragged', width, of: code } : null;
}

function recordOf({ size: width, compound_type: compound }: TypeMetadata): H5Type {
  const members = compound?.members ?? [];
  const mixed = new Set(members.filter((m) => m.size > 1).map((m) => m.littleEndian)).size > 1;
  const fields = members.map((member) => ({
    name: member.name,
    offset: member.offset,
    type: typeOf(member, !mixed || member.littleEndian),
  }));
  const [first, second] = fields;
  const parts = fields.map(({ name }) => name).join();
  if (fields.length === 2 && /^(r,i|real,imag)$/.test(parts) && first.type.kind === 'numbers') {
    const { dtype } = first.type;
    const close = second.offset === first.type.width && first.offset === 0 && width === 2 * first.type.width;
    if (close && !mixed && (dtype === 'float32' || dtype === 'float64')) return { kind: 'complex', dtype, width };
  }
  return { kind: 'records', width, fields };
}
