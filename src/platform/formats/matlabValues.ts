/** Texts and sparse matrices of MATLAB 7.3 files. */
import type { FileArray, FileValue } from '../../core/data/formats/format.ts';
import { limits } from '../../core/data/formats/limits.ts';
import type { Memory } from '../../core/data/formats/memory.ts';
import { isArray } from '../../core/data/formats/openValue.ts';
import type { H5File } from './h5File.ts';
import type { Metadata } from './h5Module.ts';
import { valueOf } from './h5Values.ts';
import type { MatlabClass } from './matlabClass.ts';

/** In MATLAB's order of axes. */
export const matlabShape = ({ shape }: Metadata): number[] => (shape ?? []).toReversed();

/** Codes of UTF-16 in rows; one row is a text, several are a list. */
export function textOf(file: H5File, object: string, memory: Memory): FileValue {
  const metadata = file.metadata(object);
  const codes = valueOf(file, object, metadata, memory);
  if (typeof codes === 'string') return codes;
  if (!isArray(codes)) return file.fail(`"${object}" is no text`);
  memory.take(4 * codes.data.length);
  const [rows] = matlabShape(metadata);
  const columns = codes.data.length / rows;
  // first axis fastest in the file
  const row = (r: number): string => {
    let text = '';
    for (let c = 0; c < columns; c++) text += String.fromCharCode(codes.data[c * rows + r]);
    return text;
  };
  return rows <= 1 ? row(0) : Array.from({ length: rows }, (_, r) => row(r).trimEnd());
}

/** Compressed columns: where each begins (jc), row of each value (ir), the values (data). sparse: elements left to fill */
export function sparseOf(
  file: H5File,
  object: string,
  { rows = 0, dtype = 'float64' }: MatlabClass,
  memory: Memory,
  sparse: { left: number },
): FileValue {
  const there = file.names(object);
  const array = (name: string): FileValue =>
    there.includes(name) ? valueOf(file, `${object}/${name}`, file.metadata(`${object}/${name}`), memory) : null;
  const starts = array('jc');
  if (!isArray(starts) || starts.data.length < 1) return file.fail(`the sparse matrix "${object}" has no columns`);
  const columns = starts.data.length - 1;
  const size = rows * columns;
  sparse.left -= size;
  if (!(sparse.left >= 0)) {
    file.fail(`its sparse matrices have more than ${limits.sparse} elements when filled; save them as full ones`);
  }
  const rowOf = array('ir');
  const values = array('data');
  const fill = (stored: FileArray | null): FileArray => {
    const data = memory.numbers('float64', size);
    for (let c = 0; stored && c < columns; c++) {
      for (let k = starts.data[c]; k < starts.data[c + 1]; k++) {
        const row = isArray(rowOf) ? rowOf.data[k] : undefined;
        if (row === undefined || !(row < rows) || stored.data[k] === undefined) {
          return file.fail(`the places of the values of the sparse matrix "${object}" do not fit it`);
        }
        data[row * columns + c] = stored.data[k];
      }
    }
    return { kind: 'array', dtype, shape: [rows, columns], data };
  };
  if (!(values instanceof Map)) return fill(isArray(values) ? values : null);
  return new Map([...values].map(([part, stored]) => [part, fill(isArray(stored) ? stored : null)]));
}
