/** Any figure that has a recipe: of runs along training, or from inside their networks. */
import { LabError } from '../core/errors.ts';
import type { Figure } from '../core/figures/figure.ts';
import { describeFigure } from './describeFigure.ts';
import type { FigureView } from './figureView.ts';
import type { NetworkViews } from './networkViews.ts';
import type { Ports, RunRow } from './ports.ts';

/** id: of the figure; where networks are looked into, of one of those that the view gives. */
export async function describeAny(
  id: string,
  runs: readonly RunRow[],
  view: FigureView,
  ports: Pick<Ports, 'store' | 'machine'>,
  networks: Pick<NetworkViews, 'describe'>,
): Promise<Figure> {
  const { network } = view;
  if (!network) return describeFigure(id, runs, view, ports);
  const figures = await networks.describe({ ...network, runs, update: network.update ?? null });
  const figure = figures.find((f) => f.id === id);
  if (figure) return figure;
  const given = figures.map((f) => `"${f.id}"`).join(', ');
  throw new LabError(
    'figure.unknown',
    `Choosing a figure of the view "${network.view}": expected one of ${given}, found "${id}".`,
  );
}
