/** The main job in one function: Plan → Figures. Start reading here. */
import type { Figure } from '../core/figures/figure.ts';
import { describeFigure } from './describeFigure.ts';
import type { Plan, RunId } from './plan.ts';
import type { Ports, RunRow } from './ports.ts';
import { recipeOf } from './recipe.ts';
import type { Recipe } from './recipeSchema.ts';
import type { Service } from './service.ts';

export type PlanOutcome = { runs: RunRow[]; figures: { figure: Figure; recipe: Recipe }[] };

/**
 * Imports the data, poses the task, trains every rule with every seed, analyses all checkpoints, describes the
 * figures. Ends when no run is at work any more; runs that failed or were paused are in the outcome with their state.
 */
export async function runPlan(
  plan: Plan,
  service: Service,
  ports: Ports,
  started?: (runs: RunId[]) => void,
): Promise<PlanOutcome> {
  const { sweep } = await service.prepare(plan); // file → Dataset → Task, checked
  const ids = service.queue.start(sweep); //        + Rule → Checkpoints → Results
  started?.(ids);
  await service.queue.settled(ids);
  const runs = ids.map((id) => ports.store.runs.get(id)!);
  const done = runs.filter((run) => run.state === 'done');
  const figures = done.length > 0 ? plan.figures.map((id) => figureOf(id, done, ports)) : [];
  return { runs, figures }; //                      → Figures
}

function figureOf(id: string, runs: readonly RunRow[], ports: Ports): PlanOutcome['figures'][number] {
  const figure = describeFigure(id, runs, {}, ports);
  return { figure, recipe: recipeOf(figure, runs, {}, ports) };
}
