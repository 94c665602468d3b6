/** Folders that the user chose or dropped → folders that the host can read. */
import { LabError } from '../../core/errors.ts';
import { bridge } from './transport.ts';

/** path: in the chosen folder and with its name, "folder/inner/file.mat" */
export type ChosenFile = { readonly file: File; readonly path: string };

/** place: the folder itself, where it was dropped, for the desktop app to say where it is */
export type ChosenFolder = {
  readonly name: string;
  readonly files: readonly ChosenFile[];
  readonly place: File | null;
};

/** files: not empty, of an input of a folder */
export function folderOfInput(files: readonly File[]): ChosenFolder {
  const [name] = files[0].webkitRelativePath.split('/');
  return { name, files: files.map((file) => ({ file, path: file.webkitRelativePath })), place: null };
}

/** Folders in folders that are looked into, and files that are looked at; nothing that is imported lies deeper or has more. */
const deepest = 3;
const mostFiles = 50_000;

/** What was dropped. Has to be called while the event is handled; the content of folders comes later. */
export async function dropped(items: DataTransferItemList): Promise<{ files: File[]; folders: ChosenFolder[] }> {
  const all = [...items].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    return file ? [{ file, entry: item.webkitGetAsEntry() }] : [];
  });
  const files: File[] = [];
  const folders: ChosenFolder[] = [];
  for (const { file, entry } of all) {
    if (!isFolder(entry)) files.push(file);
    else folders.push({ name: entry.name, files: await filesIn(entry, entry.name, 1), place: file });
  }
  return { files, folders };
}

const isFolder = (entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry => entry?.isDirectory ?? false;

async function filesIn(folder: FileSystemDirectoryEntry, path: string, depth: number): Promise<ChosenFile[]> {
  const reader = folder.createReader();
  const found: ChosenFile[] = [];
  for (;;) {
    // a reader gives some at a time, and none at the end
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0 || found.length > mostFiles) return found;
    for (const entry of entries) {
      const inner = `${path}/${entry.name}`;
      if (isFolder(entry)) {
        if (depth < deepest) found.push(...(await filesIn(entry, inner, depth + 1)));
      } else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        found.push({ file, path: inner });
      }
    }
  }
}

/**
 * The folder, for the host. The desktop app knows where it is; a browser does not say, so the files given are handed over
 * some at a time; tell: how many were so far; stopped: asked now and then. Throws LabError `import.cancelled`, `file.upload`.
 */
export async function pathOfFolder(
  { name, place }: ChosenFolder,
  files: readonly ChosenFile[],
  { tell = () => undefined, stopped = () => false }: { tell?: (done: number) => void; stopped?: () => boolean } = {},
): Promise<string> {
  if (bridge) {
    if (place) return bridge.pathOf(place);
    const [{ file, path }] = files;
    return bridge.pathOf(file).slice(0, name.length - path.length);
  }
  const [first, ...others] = files;
  const upload = await handOver(first);
  tell(1);
  for (let at = 0; at < others.length; at += atOnce) {
    if (stopped()) throw new LabError('import.cancelled', `Handing over "${name}": cancelled.`);
    const some = others.slice(at, at + atOnce);
    await Promise.all(some.map((file) => handOver(file, upload.id)));
    tell(1 + at + some.length);
  }
  return upload.path;
}

/** Files handed over at the same time. */
const atOnce = 6;

/** joins: the upload that the file belongs to; absent: it is the first */
async function handOver({ file, path }: ChosenFile, joins?: string): Promise<{ id: string; path: string }> {
  const query = new URLSearchParams({ name: path, ...(joins === undefined ? {} : { joins }) });
  const response = await fetch(`/upload?${query.toString()}`, { method: 'PUT', body: file });
  if (!response.ok) throw new LabError('file.upload', `Handing over "${file.name}": ${await response.text()}`);
  return (await response.json()) as { id: string; path: string };
}
