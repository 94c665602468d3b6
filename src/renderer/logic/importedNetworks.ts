/** What an import of trained networks came to, in words. */
import type { ImportedModel } from '../../app/contract.ts';
import { counted } from './format.ts';

/** A folder's own name, on any system. */
export function lastPart(folder: string): string {
  return folder.split(/[/\\]/).filter(Boolean).at(-1) ?? folder;
}

/** Networks that could be imported once a recording is chosen for them. */
export function unfitted(outcomes: readonly ImportedModel[]): ImportedModel[] {
  return outcomes.filter(({ error }) => error?.code === 'published.recording');
}

/** imported: at least one, all with a run. Notes are said in full for one network; the details of runs hold them all. */
export function whatWasImported(imported: readonly ImportedModel[]): string {
  const [first] = imported;
  if (imported.length === 1) {
    const what = first.known
      ? `“${lastPart(first.folder)}” had been imported already.`
      : `Imported “${lastPart(first.folder)}”.`;
    return [what, ...first.notes].join(' ');
  }
  const fresh = imported.filter(({ known }) => !known).length;
  const noted = imported.filter(({ notes }) => notes.length > 0).length;
  return [
    fresh > 0 ? `Imported ${counted(fresh, 'trained network')}.` : '',
    fresh < imported.length ? `${imported.length - fresh} had been imported already.` : '',
    noted > 0 ? `There are notes on ${noted}: see the details of the runs.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
