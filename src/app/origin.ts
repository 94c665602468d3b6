/** Where a run came from that was not trained here. */
import { z } from 'zod';

export const publishedValueSchema = z.union([z.string(), z.number(), z.boolean()]);
/** A setting under its published name. */
export type PublishedValue = z.infer<typeof publishedValueSchema>;

export const originSchema = z.object({
  /** path, or the name alone where a browser handed it over */
  folder: z.string(),
  files: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() })),
  /** all settings in the files, under their names there */
  settings: z.record(z.string(), publishedValueSchema),
  /** what of the files is not used, and what they lack: sentences for the user */
  notes: z.array(z.string()),
  /** the errors that the authors stored along training, or null */
  errors: z.object({ file: z.string(), update: z.array(z.number()), value: z.array(z.number()) }).nullable(),
});
export type Origin = z.infer<typeof originSchema>;
