/** The user's word on which array of a file holds the activity and what its axes are. */
import { z } from 'zod';

export const mappingSchema = z.object({
  /** key of the array in the file, or null when the file is one array */
  array: z.string().nullable(),
  /** neuron, time and condition; of behaviour: signal, time and condition */
  axes: z.array(z.enum(['neuron', 'signal', 'time', 'condition'])).length(3),
  dtMs: z.number().positive(),
  /** time of the first step relative to the alignment event */
  startMs: z.number(),
  alignment: z.string().min(1),
  name: z.string().min(1),
});
