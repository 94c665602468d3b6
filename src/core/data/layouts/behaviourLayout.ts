/** How the content of a file becomes behaviour that is added to a dataset. A known layout needs no questions. */
import type { Behaviour } from '../dataset.ts';
import type { FileValue } from '../formats/format.ts';

/** alignment: the event at time 0, which has to be the dataset's */
export type BehaviourContent = Omit<Behaviour, 'source'> & { alignment: string };

export type BehaviourLayout = {
  readonly id: string;
  recognises(value: FileValue): boolean;
  toContent(value: FileValue): BehaviourContent;
};
