/** What has to be asked about a file that no layout recognises. */
import { LabError } from '../../errors.ts';
import type { FileValue } from '../formats/format.ts';
import { factsOf } from './fileArrays.ts';
import { guessMapping } from './guessMapping.ts';
import { columnsOf, guessColumns } from './mappedTable.ts';
import type { ColumnFacts, Question } from './mapping.ts';
import { refuse } from './tableColumns.ts';

/**
 * A table is guessed to be one rate a row or one column per neuron; where its columns have no names, its numbers are taken
 * for an array. Throws LabError `data.axes` where no array may hold activity.
 */
export function questionAbout(value: FileValue, fileName: string): Question {
  const columns = columnsOf(value);
  if (columns) return questionAboutTable(columns, value, fileName);
  const arrays = factsOf(value);
  const guess = guessMapping(arrays, fileName);
  if (guess) {
    return {
      why: 'What the axes of its arrays are, and when the steps are, cannot be told from the file for certain.',
      arrays,
      suggestion: guess.mapping,
      reasons: guess.reasons,
    };
  }
  const shapes = arrays.map(({ key, shape }) => `${key ?? 'the array'} (${shape.join(' × ') || 'one number'})`);
  const more = shapes.length > 12 ? ` and ${shapes.length - 12} more` : '';
  throw new LabError(
    'data.axes',
    `Reading "${fileName}": expected an array with 2 axes or more (neuron and time; perhaps trial and condition), found ${shapes.slice(0, 12).join(', ') || 'no array'}${more}. Save the activity as one array, or a list of arrays of one shape.`,
  );
}

/** Columns without names are those of a matrix. Throws LabError `data.table` where no column holds numbers. */
function questionAboutTable(columns: ColumnFacts[], value: FileValue, fileName: string): Question {
  if (!columns.some(({ numbers }) => numbers)) {
    refuse(fileName, `expected columns of numbers, found text alone in ${columns.length}. Choose another file.`);
  }
  const why = 'What the columns of this table are cannot be told from their names for certain.';
  const arrays = factsOf(value).filter(({ key }) => key === 'numbers' || key === 'names');
  const matrix = guessMapping(arrays, fileName);
  const isNamed = columns.some(({ name }, c) => name !== `column ${c + 1}`);
  const { mapping, reasons } = guessColumns(columns, fileName);
  if (matrix && (!isNamed || mapping.neurons?.length === 0)) {
    return { why, arrays, columns, suggestion: matrix.mapping, reasons: matrix.reasons };
  }
  return { why, arrays, columns, suggestion: mapping, reasons };
}
