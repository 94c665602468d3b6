/** What lies in an HDF5 file, by path. An object that contains itself is not followed; links to other files lead nowhere. */
import { limits } from '../../core/data/formats/limits.ts';
import type { H5File } from './h5File.ts';
import type { Metadata } from './h5Module.ts';

export type H5Node =
  | { kind: 'group'; path: string; members: Map<string, H5Node> }
  | { kind: 'dataset'; path: string; metadata: Metadata }
  | { kind: 'other'; path: string };

/** Objects that are looked at in one file. */
const mostObjects = 200_000;

/** skip: members of the root that are left out */
export function treeOf(file: H5File, path = '/', skip: (name: string) => boolean = () => false): H5Node {
  let seen = 0;
  const visit = (at: string, above: ReadonlySet<string>): H5Node => {
    if (++seen > mostObjects) file.fail(`it holds more than ${mostObjects} objects`);
    if (above.size > limits.depth) file.fail(`its groups lie in one another more than ${limits.depth} deep`);
    const kind = file.kindOf(at);
    if (kind === 'dataset') return { kind, path: at, metadata: file.metadata(at) };
    if (kind === 'other') return { kind, path: at };
    const address = file.address(at);
    if (above.has(address)) return { kind: 'other', path: at };
    const members = new Map<string, H5Node>();
    for (const name of file.names(at)) {
      if (at === path && skip(name)) continue;
      members.set(name, visit(at === '/' ? `/${name}` : `${at}/${name}`, new Set([...above, address])));
    }
    return { kind: 'group', path: at, members };
  };
  return visit(path, new Set());
}
