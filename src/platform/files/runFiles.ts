/** The files of one run. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  decodeCheckpoint,
  decodeResumePoint,
  encodeCheckpoint,
  encodeResumePoint,
} from '../../core/checkpoints/checkpoint.ts';
import type { Checkpoint, ResumePoint } from '../../core/checkpoints/checkpoint.ts';
import { LabError } from '../../core/errors.ts';
import type { StoredCheckpoint } from '../../app/ports.ts';
import { writeAtomically } from './atomic.ts';

export function checkpointFile(runFolder: string, update: number): string {
  return path.join(runFolder, 'checkpoints', `${String(update).padStart(6, '0')}.safetensors`);
}

export function writeCheckpoint(runFolder: string, checkpoint: Checkpoint): StoredCheckpoint {
  const bytes = encodeCheckpoint(checkpoint);
  writeAtomically(checkpointFile(runFolder, checkpoint.update), bytes);
  return { update: checkpoint.update, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Refuses a file whose bytes are not those that were stored. */
export function readCheckpoint(runFolder: string, { update, sha256 }: StoredCheckpoint): Checkpoint {
  const file = checkpointFile(runFolder, update);
  const bytes = existsSync(file) ? readFileSync(file) : null;
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new LabError(
      'checkpoint.damaged',
      `Reading checkpoint ${update} of a run ("${file}"): the file is ${bytes ? 'not the one that was stored' : 'missing'}. Restore it from a backup, or train the run again.`,
    );
  }
  return decodeCheckpoint(bytes);
}

const resumeFile = (runFolder: string): string => path.join(runFolder, 'resume.safetensors');

export function writeResumePoint(runFolder: string, point: ResumePoint): void {
  writeAtomically(resumeFile(runFolder), encodeResumePoint(point));
}

export function readResumePoint(runFolder: string): ResumePoint | null {
  const file = resumeFile(runFolder);
  return existsSync(file) ? decodeResumePoint(readFileSync(file)) : null;
}
