/** All layouts of behaviour in a file of its own. */
import type { BehaviourLayout } from './behaviourLayout.ts';
import { sussilloMuscles } from './sussillo2015.ts';

export const behaviourLayouts: readonly BehaviourLayout[] = [sussilloMuscles];
