/**
 * Damages HDF5 files. The HDF5 library is checked code of others in WebAssembly: what it does not survive ends in a LabError,
 * after which it is loaded anew, as every import does in its own thread.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Format } from '../../src/core/data/formats/format.ts';
import { asSource } from '../../src/core/data/formats/source.ts';
import { loadLibrary } from '../../src/platform/formats/h5Module.ts';
import { text } from '../support/files.ts';
import { projectFolder } from '../support/folders.ts';
import { changed, fuzz } from './damage.ts';
import type { Mutation } from './damage.ts';

type Done = (instance: WebAssembly.Instance, compiled: WebAssembly.Module) => void;
type Load = (options: object) => Promise<unknown>;

const place = path.join(projectFolder, 'node_modules/h5wasm/dist/esm/hdf5_util.js');
const { default: load } = (await import(/* @vite-ignore */ pathToFileURL(place).href)) as { default: Load };

/** The library as it is compiled, which takes longer than a hundred damaged files. */
const compiled = await new Promise<WebAssembly.Module>((resolve) => {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    WebAssembly.instantiate = instantiate;
    const made = await instantiate(...given);
    if ('module' in made) resolve(made.module);
    return made;
  };
  void load({ noInitialRun: true });
});

/** A new instance of the library. */
const reload = (): Promise<void> =>
  loadLibrary(() => {
    const ready = load({
      noInitialRun: true,
      instantiateWasm: (imports: WebAssembly.Imports, done: Done) =>
        void WebAssembly.instantiate(compiled, imports).then((made) => {
          if (!('module' in made)) done(made, compiled);
        }),
    });
    return Promise.resolve({ ready });
  });
await reload();

/** Where structures of HDF5 begin. */
const marks = ['\x89HDF', 'TREE', 'SNOD', 'HEAP', 'GCOL', 'MATLAB'].map(text);

/** A byte or a length soon behind a mark. */
const inStructures: Mutation = (bytes, random) => {
  const mark = marks[random(marks.length)];
  const at = Buffer.from(bytes).indexOf(mark, random(bytes.length));
  if (at < 0) return changed(bytes, random, () => random(256));
  const copy = bytes.slice();
  const from = Math.min(copy.length - 1, at + random(96));
  copy.fill([0, 1, 0x7f, 0xff][random(4)], from, Math.min(copy.length, from + [1, 2, 4, 8][random(4)]));
  return copy;
};

/** Damages the file in 20,000 ways. */
export function fuzzHdf5(format: Format, seed: Uint8Array): void {
  let trapped = false;
  fuzz(format.id, {
    seeds: [seed],
    rounds: 5000,
    more: [inStructures, inStructures, inStructures],
    read(bytes) {
      try {
        const file = format.open(asSource(bytes), 'x.h5');
        return [file.root, file.read()];
      } catch (error) {
        trapped ||= /structure is damaged/.test(String(error));
        throw error;
      }
    },
    async between() {
      if (trapped) await reload();
      trapped = false;
    },
  });
}
