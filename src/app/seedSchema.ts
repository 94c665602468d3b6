/** A seed of draws, as it crosses a host border. */
import { z } from 'zod';

export const seedSchema = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);
