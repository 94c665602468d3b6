/** What of a view of networks can be chosen, as calls and files write it; what is not given is at its default. */
import { z } from 'zod';
import { embeddingIds } from '../core/analysis/embedding/index.ts';
import { defaultViewOptions } from '../core/figures/views/networkView.ts';
import { seedSchema } from './seedSchema.ts';

const place = z.number().int().min(0);

export const viewOptionsSchema = z.strictObject({
  units: z
    .array(place)
    .min(1)
    .max(24)
    .default([...defaultViewOptions.units]),
  conditions: z
    .array(place)
    .max(200)
    .default([...defaultViewOptions.conditions]),
  testTrials: z
    .array(place)
    .max(24)
    .default([...defaultViewOptions.testTrials]),
  components: z.number().int().min(1).max(10).default(defaultViewOptions.components),
  /** 0: as many as the view thinks right */
  checkpoints: z.number().int().min(0).max(200).default(defaultViewOptions.checkpoints),
  embedding: z.enum(embeddingIds).default(defaultViewOptions.embedding),
  metric: z.string().default(defaultViewOptions.metric),
  seed: seedSchema.default(defaultViewOptions.seed),
});
