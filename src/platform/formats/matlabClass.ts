/** What MATLAB says of an object of a 7.3 file, in attributes. */
import type { Dtype, FileValue } from '../../core/data/formats/format.ts';
import type { Memory } from '../../core/data/formats/memory.ts';
import { isArray } from '../../core/data/formats/openValue.ts';
import type { H5File } from './h5File.ts';
import { attributesOf } from './h5Values.ts';

export type MatlabClass = {
  name: 'number' | 'text' | 'cell' | 'struct' | 'sparse' | 'column' | 'other';
  /** of numbers; absent where no class is given: that of the dataset */
  dtype?: Dtype;
  /** the dataset holds the shape of an empty array */
  empty: boolean;
  /** of sparse matrices */
  rows?: number;
  /** of structs, in MATLAB's order */
  fields?: string[];
};

const dtypes: Readonly<Record<string, Dtype>> = {
  double: 'float64',
  single: 'float32',
  int8: 'int8',
  uint8: 'uint8',
  int16: 'int16',
  uint16: 'uint16',
  int32: 'int32',
  uint32: 'uint32',
  int64: 'int64',
  uint64: 'uint64',
  logical: 'bool',
};

const names: Readonly<Record<string, MatlabClass['name']>> = { char: 'text', cell: 'cell', struct: 'struct' };

/** Without MATLAB's attributes, as other programs write, a group is a struct and a dataset numbers. */
export function classOf(file: H5File, object: string, memory: Memory): MatlabClass {
  const attributes = attributesOf(file, object, memory);
  const given = attributes.get('MATLAB_class');
  const empty = firstOf(attributes.get('MATLAB_empty')) === 1;
  const group = file.kindOf(object) === 'group';
  if (typeof given !== 'string') {
    if (group) return { name: 'struct', empty };
    const { ref_type: references } = file.metadata(object);
    return { name: references === undefined ? 'number' : 'column', empty };
  }
  const dtype = Object.hasOwn(dtypes, given) ? dtypes[given] : undefined;
  const rows = firstOf(attributes.get('MATLAB_sparse'));
  if (rows !== null && dtype) return { name: 'sparse', dtype, empty, rows };
  if (dtype) return group ? { name: 'other', empty } : { name: 'number', dtype, empty };
  const name = Object.hasOwn(names, given) ? names[given] : 'other';
  const fields = fieldsOf(attributes.get('MATLAB_fields'));
  return { name: name === 'struct' || !group ? name : 'other', empty, ...(fields ? { fields } : {}) };
}

function firstOf(value: FileValue | undefined): number | null {
  return isArray(value) && value.data.length > 0 ? value.data[0] : null;
}

/** Each name is a list of characters. */
function fieldsOf(value: FileValue | undefined): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((name) => (isArray(name) ? String.fromCharCode(...name.data) : ''));
}
