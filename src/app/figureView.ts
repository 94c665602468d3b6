/** How a figure of runs is described, but for which figure and which runs. */
import { z } from 'zod';
import { alignmentParts } from '../core/analysis/gradientAlignment.ts';
import { bandKinds } from '../core/figures/seedBand.ts';
import { measureSchema } from './measureSchema.ts';
import { viewOptionsSchema } from './viewSchema.ts';
import { readingSchema, statisticsSchema } from './statisticsSchema.ts';

export const figureViewSchema = z.object({
  /** logarithmic y axis, in figures that have one */
  logY: z.boolean().optional(),
  /** round means over seeds, in figures along training; absent: the standard deviation */
  band: z.enum(bandKinds).optional(),
  /** of the gradient, for figures that have parts; absent: the first */
  part: z.enum(alignmentParts).optional(),
  /** absent: by the distance that the runs' plans ask for */
  measure: measureSchema.optional(),
  /** in figures of one number per seed; absent: at the highest accuracy that all seeds reach */
  reading: readingSchema.optional(),
  statistics: statisticsSchema.optional(),
  /** the figure is from inside networks: one of those that this view gives; absent: of runs along training */
  network: z
    .object({
      view: z.string(),
      /** absent: the last one stored */
      update: z.number().int().min(0).optional(),
      options: viewOptionsSchema.prefault({}),
    })
    .optional(),
});
export type FigureView = z.infer<typeof figureViewSchema>;
