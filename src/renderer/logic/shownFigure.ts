/** A figure to be shown under Compare. */
import type { FigureView } from '../../app/figureView.ts';
import type { RunId } from '../../app/contract.ts';

export type Shown = { readonly runs: RunId[]; readonly figure: string; readonly view: FigureView };
