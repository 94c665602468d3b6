/** How the content of a file becomes a Dataset. A known layout needs no questions. */
import type { Dataset } from '../dataset.ts';
import type { FileValue } from '../formats/format.ts';

export type Content = Omit<Dataset, 'source'>;

export type Layout = {
  readonly id: string;
  recognises(value: FileValue): boolean;
  /** Throws LabError `data.*` when the content contradicts the layout. */
  toContent(value: FileValue, fileName: string): Content;
};
