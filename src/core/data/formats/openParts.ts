/** A dictionary whose values are files of their own: each is opened when it is asked for. */
import type { Entry, FileValue, OpenFile, Path } from './format.ts';
import { noSuch } from './openValue.ts';

export function openParts(parts: ReadonlyMap<string, () => OpenFile>, name: string): OpenFile {
  const opened = new Map<string, OpenFile>();
  const open = (key: string): OpenFile => {
    const file = opened.get(key) ?? parts.get(key)?.() ?? noSuch([key], name);
    opened.set(key, file);
    return file;
  };
  const at = ([key, ...rest]: Path): [OpenFile, Path] => [open(String(key)), rest];
  let root: Entry | undefined;
  return {
    get root() {
      return (root ??= {
        kind: 'dictionary',
        entries: new Map([...parts.keys()].map((key) => [key, open(key).root])),
      });
    },
    read(path = []) {
      if (path.length === 0)
        return new Map([...parts.keys()].map((key): [string, FileValue] => [key, open(key).read()]));
      const [file, rest] = at(path);
      return file.read(rest);
    },
    slice(path, ranges) {
      const [file, rest] = path.length === 0 ? noSuch(path, name) : at(path);
      return file.slice(rest, ranges);
    },
  };
}
