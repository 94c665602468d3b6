/** How seeds are read and compared, as it crosses a host border; what is left out is as usual. */
import { z } from 'zod';
import { usualStatistics as usual } from '../core/statistics/compareGroups.ts';
import { correctionIds } from '../core/statistics/correction.ts';
import { intervalKinds } from '../core/statistics/intervals.ts';
import { readAtIds } from '../core/statistics/readAt.ts';
import { seedSchema } from './seedSchema.ts';

const share = z.number().gt(0).lt(1);

/** accuracy: of readings at equal accuracy; null: the highest that all seeds reach */
export const readingSchema = z.strictObject({ at: z.enum(readAtIds), accuracy: z.number().nullable().default(null) });

/** See `StatisticsSettings`. */
export const statisticsSchema = z.strictObject({
  confidence: share.default(usual.confidence),
  interval: z.enum(intervalKinds).default(usual.interval),
  correction: z.enum(correctionIds).default(usual.correction),
  draws: z.number().int().min(100).max(1_000_000).default(usual.draws),
  seed: seedSchema.default(usual.seed),
  alpha: share.default(usual.alpha),
  power: share.default(usual.power),
  gap: z.number().positive().nullable().default(usual.gap),
});
