/** Names of behavioural signals. */
import { lastPart } from './mappedLabels.ts';

/** Those by which the reach task finds the movement, see core/tasks/reachMovements.ts. */
export const knownSignals = ['handX', 'handY', 'handVx', 'handVy', 'shoulderAngle', 'elbowAngle'] as const;

/** "kin.hand_x" → "handX" where a known signal is spelt so; else the last part of the key. */
export function signalName(key: string): string {
  const plain = lastPart(key).toLowerCase().replace(/[^a-z]/g, ''); // prettier-ignore
  return knownSignals.find((name) => name.toLowerCase() === plain) ?? lastPart(key);
}
