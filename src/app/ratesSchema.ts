/** How spikes become rates, see core/data/spikes/rateOptions.ts. */
import { z } from 'zod';
import { defaultRates } from '../core/data/spikes/rateOptions.ts';

const value = z.union([z.number(), z.string()]);
const sdMs = z.number().positive().default(defaultRates.smoothing.sdMs);

/** Strict: a misspelt name must not leave a default in force unseen. */
export const ratesSchema = z.strictObject({
  name: z.string().min(1),
  table: z.string().min(1).optional(),
  ticksPerSecond: z.number().positive().optional(),
  event: z.string().min(1),
  fromMs: z.number().default(defaultRates.fromMs),
  toMs: z.number().default(defaultRates.toMs),
  binMs: z.number().positive().default(defaultRates.binMs),
  smoothing: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('gaussian'), sdMs }),
      z.strictObject({ kind: z.literal('causal'), sdMs }),
      z.strictObject({ kind: z.literal('none') }),
    ])
    .default({ ...defaultRates.smoothing }),
  conditions: z
    .array(
      z.strictObject({
        column: z.string().min(1),
        directions: z.number().int().min(2).max(360).optional(),
        unit: z.enum(['deg', 'rad']).optional(),
      }),
    )
    .default([]),
  only: z.array(z.strictObject({ column: z.string().min(1), is: z.array(value).min(1) })).default([]),
  minTrials: z.number().int().min(1).default(defaultRates.minTrials),
  minRateHz: z.number().min(0).default(defaultRates.minRateHz),
  normalisation: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('zScore') }),
      z.strictObject({ kind: z.literal('soft'), constantHz: z.number().min(0).default(defaultRates.softConstantHz) }),
    ])
    .default({ kind: 'none' }),
  signals: z.enum(['recorded', 'scaled', 'none']).default('recorded'),
  keepTrials: z.boolean().default(true),
});
export type Rates = z.infer<typeof ratesSchema>;
