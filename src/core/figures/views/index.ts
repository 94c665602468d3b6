/** All views of trained networks. A new one is one file and one line here. */
import { LabError } from '../../errors.ts';
import { dpcaComponents } from './dpcaComponents.ts';
import { dynamicsErrorView } from './dynamicsError.ts';
import { eigenvalues } from './eigenvalues.ts';
import { embedding } from './embedding.ts';
import type { View } from './networkView.ts';
import { pcaTrajectories } from './pcaTrajectories.ts';
import { taskOutputs } from './taskOutputs.ts';
import { unitTraces } from './unitTraces.ts';

const all: readonly View[] = [
  taskOutputs,
  unitTraces,
  pcaTrajectories,
  dpcaComponents,
  eigenvalues,
  dynamicsErrorView,
  embedding,
];

export const views = {
  all,
  get(id: string): View {
    const view = all.find((v) => v.id === id);
    if (view) return view;
    const known = all.map((v) => `"${v.id}"`).join(', ');
    throw new LabError('view.unknown', `Choosing a view of a network: expected one of ${known}, found "${id}".`);
  },
};
