/** The user's word on what the arrays of a file, or the columns of a table, are: see core/data/layouts/mapping.ts. */
import { z } from 'zod';
import type { ArrayFacts, ColumnFacts, Mapping } from '../core/data/layouts/mapping.ts';

const text = z.string().min(1);
const unit = z.enum(['s', 'ms']);
const common = { alignment: text, name: text, minTrials: z.number().int().min(1).optional() };

const arrayMappingSchema = z
  .strictObject({
    kind: z.literal('array').optional(),
    array: z.string().nullable(),
    axes: z
      .array(z.enum(['neuron', 'signal', 'time', 'trial', 'condition']))
      .min(2)
      .max(6),
    times: z.strictObject({ array: text, unit }).optional(),
    dtMs: z.number().positive().optional(),
    startMs: z.number().optional(),
    conditionOf: z.array(text).min(1).optional(),
    conditionLabels: z.array(text).min(1).optional(),
    neuronNames: text.optional(),
    signals: z.record(text, text).optional(),
    ...common,
  })
  .superRefine(({ times, dtMs, startMs }, context) => {
    if (times) return;
    const missing = [...(dtMs === undefined ? ['dtMs'] : []), ...(startMs === undefined ? ['startMs'] : [])];
    for (const path of missing) {
      context.addIssue({
        code: 'custom',
        path: [path],
        message: `expected a number of ms, or "times" with an array of them`,
      });
    }
  });

const tableMappingSchema = z
  .strictObject({
    kind: z.literal('table'),
    time: text,
    timeUnit: unit,
    conditions: z.array(text).optional(),
    trial: text.optional(),
    neuron: text.optional(),
    rate: text.optional(),
    neurons: z.array(text).min(1).optional(),
    ...common,
  })
  .refine(
    ({ neuron, rate, neurons }) => (neurons ? neuron === undefined && rate === undefined : neuron && rate),
    'expected "neuron" and "rate" of a table with one rate a row, or "neurons" of one with a column per neuron',
  );

export const mappingSchema = z.discriminatedUnion('kind', [arrayMappingSchema, tableMappingSchema]);
mappingSchema satisfies z.ZodType<Mapping>;

export const arrayFactsSchema = z.object({
  key: z.string().nullable(),
  shape: z.array(z.number()),
  dtype: z.string(),
  list: z.object({ ragged: z.number().nullable() }).optional(),
  value: z.union([z.number(), z.string()]).optional(),
  even: z.object({ first: z.number(), step: z.number() }).optional(),
  levels: z.number().optional(),
}) satisfies z.ZodType<ArrayFacts>;

export const columnFactsSchema = z.object({
  name: z.string(),
  numbers: z.boolean(),
  levels: z.number(),
  first: z.string(),
}) satisfies z.ZodType<ColumnFacts>;
