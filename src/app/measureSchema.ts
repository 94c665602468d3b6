/** A measure as it crosses a host border; what is not given is at its default. */
import { z } from 'zod';
import { plain } from '../core/analysis/protocols/plain.ts';
import { seedSchema } from './seedSchema.ts';

export const measureSchema = z.strictObject({
  metric: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
  protocol: z.string().default(plain.id),
  draws: z.number().int().min(1).max(10_000).default(100),
  seed: seedSchema.default(1),
});
