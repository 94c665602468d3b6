/** Dataset + another file → Dataset with behaviour, or the one question that has to be answered first. */
import { LabError } from '../errors.ts';
import type { Behaviour, Dataset } from './dataset.ts';
import { isRecording } from './dataset.ts';
import type { Format } from './formats/format.ts';
import type { ByteSource } from './formats/source.ts';
import { openFile } from './importDataset.ts';
import type { FileFacts, Imported } from './importDataset.ts';
import type { BehaviourContent } from './layouts/behaviourLayout.ts';
import { behaviourLayouts } from './layouts/behaviourLayouts.ts';
import { behaviourByMapping, questionAboutBehaviour } from './layouts/mappedBehaviour.ts';
import type { Mapping } from './layouts/mapping.ts';
import { treeSignature } from './layouts/treeSignature.ts';

/**
 * Behaviour that the dataset had from such a file before is replaced; its own file's kinematics stay. Throws LabError `data.*`
 * where conditions or event differ from the dataset's, or a value is not finite.
 */
export function addBehaviour(
  dataset: Dataset,
  content: Uint8Array | ByteSource,
  file: FileFacts,
  mapping?: Mapping,
  among?: readonly Format[],
): Imported {
  if (!isRecording(dataset)) {
    throw new LabError(
      'data.behaviour',
      `Adding behaviour to "${dataset.name}": expected a recording, found a task alone. Choose a recording.`,
    );
  }
  const { name, format, value } = openFile(content, file, among);
  const layout = behaviourLayouts.find((l) => l.recognises(value));
  const accept = (content: BehaviourContent, layoutId: string): Dataset => {
    const source = { ...file, format, layout: layoutId };
    const behaviour = checked(content, source, dataset, name);
    return { ...dataset, name: nameWith(behaviour, dataset), behaviour };
  };
  if (mapping) {
    const both = accept(behaviourByMapping(value, mapping, name), `mapping ${JSON.stringify(mapping)}`);
    return { kind: 'dataset', dataset: both, tree: treeSignature(format, value) };
  }
  if (layout) return { kind: 'dataset', dataset: accept(layout.toContent(value), layout.id) };
  const question = questionAboutBehaviour(value, name, dataset);
  if (question) return { kind: 'question', question, tree: treeSignature(format, value) };
  throw new LabError(
    'data.conditions',
    `Adding behaviour from "${name}" to "${dataset.name}": expected an array with 3 axes (signal, time, condition), one of them ${dataset.conditions.length} long, the dataset's conditions, found none. Both files have to hold the same conditions in the same order.`,
  );
}

/** "Monkey A" → "Monkey A + EMG" */
function nameWith({ name }: Behaviour, dataset: Dataset): string {
  const before = dataset.behaviour ? ` + ${dataset.behaviour.name}` : '';
  const own = before !== '' && dataset.name.endsWith(before) ? dataset.name.slice(0, -before.length) : dataset.name;
  return `${own} + ${name}`;
}

function checked(
  { alignment, ...content }: BehaviourContent,
  source: Behaviour['source'],
  dataset: Dataset,
  fileName: string,
): Behaviour {
  const { values } = content;
  const [signals, steps, conditions] = values.shape as [number, number, number];
  const refuse = (code: string, expected: string, found: string, advice: string): never => {
    throw new LabError(
      code,
      `Adding behaviour from "${fileName}" to "${dataset.name}": expected ${expected}, found ${found}. ${advice}`,
    );
  };
  if (conditions !== dataset.conditions.length) {
    const advice = 'Both files have to hold the same conditions in the same order.';
    refuse(
      'data.conditions',
      `${dataset.conditions.length} conditions, as in the activity`,
      String(conditions),
      advice,
    );
  }
  if (alignment !== dataset.alignment) {
    const advice = 'Give the times of both from the same event.';
    refuse('data.alignment', `times from ${dataset.alignment}, as in the activity`, `times from ${alignment}`, advice);
  }
  if (signals < 1 || steps < 2) {
    refuse('data.empty', 'at least 1 signal and 2 steps', values.shape.join(' × '), 'Choose another array.');
  }
  const bad = values.data.findIndex((v: number) => !Number.isFinite(v));
  if (bad >= 0) {
    const where = `signal ${Math.floor(bad / (steps * conditions))}, step ${Math.floor(bad / conditions) % steps}, condition ${bad % conditions} (from 0)`;
    refuse('data.notFinite', 'finite values', `${values.data[bad]} at ${where}`, 'Fill it first.');
  }
  return { ...content, source };
}
