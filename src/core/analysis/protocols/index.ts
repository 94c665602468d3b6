/** All protocols. A new one is one file and one line here. */
import { LabError } from '../../errors.ts';
import { leaveOneConditionOut } from './leaveOneConditionOut.ts';
import { normalizedWithData } from './normalizedWithData.ts';
import { plain } from './plain.ts';
import type { Protocol } from './protocol.ts';

const all: readonly Protocol[] = [plain, leaveOneConditionOut, normalizedWithData];

export const protocols = {
  all,
  get(id: string): Protocol {
    const protocol = all.find((p) => p.id === id);
    if (protocol) return protocol;
    const known = all.map((p) => `"${p.id}"`).join(', ');
    throw new LabError(
      'protocol.unknown',
      `Choosing how a metric is applied: expected one of ${known}, found "${id}".`,
    );
  },
};
