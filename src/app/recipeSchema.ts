/**
 * A figure's recipe: all that its numbers depend on, as plain JSON. It travels in the metadata of exported files, so that
 * a figure can be opened again, or made anew on another computer, and held against the numbers that it had.
 */
import { z } from 'zod';
import { LabError } from '../core/errors.ts';
import { figureViewSchema } from './figureView.ts';
import { runSpecSchema } from './plan.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const recipeSchema = z.object({
  /** version of this layout */
  recipe: z.literal(1),
  program: z.object({ name: z.string(), version: z.string() }),
  figure: z.object({ id: z.string(), title: z.string(), view: figureViewSchema, numbersSha256: sha256 }),
  dataset: z.object({
    name: z.string(),
    contentSha256: sha256,
    file: z.object({ name: z.string(), sha256: z.string(), format: z.string(), layout: z.string() }),
  }),
  /** in the order in which the figure takes them */
  runs: z
    .array(
      z.object({
        spec: runSpecSchema.omit({ dataset: true }),
        engine: z.object({ id: z.string(), description: z.string() }),
        program: z.string(),
        /** trained elsewhere and imported, so that it cannot be trained again from its seed */
        imported: z.boolean(),
        checkpoints: z.array(z.object({ update: z.number().int(), sha256 })),
      }),
    )
    .min(1),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** Throws LabError `recipe.damaged`. */
export function parseRecipe(text: string, where: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const read = recipeSchema.safeParse(value);
  if (read.success) return read.data;
  throw new LabError(
    'recipe.damaged',
    `Reading the recipe of "${where}": ${z.prettifyError(read.error)}. Export the figure again.`,
  );
}
