/** An HDF5 file: its objects by path, their metadata, and bytes of theirs. */
import { LabError } from '../../core/errors.ts';
import type { ByteSource } from '../../core/data/formats/source.ts';
import { boundMemory, mount, takeReason, theLibrary } from './h5Module.ts';
import type { Library, Metadata } from './h5Module.ts';

export type Fail = (what: string) => never;

/** Bytes that a file may claim for one array beyond what packing can save: what is not written is filled. */
const unwritten = 64 * 1024 ** 2;
const largestRatio = 1032;
const mostClaimed = (fileBytes: number): number => unwritten + fileBytes * largestRatio;

/** What the library takes for itself. */
const ownMemory = 64 * 1024 ** 2;

/** Runs `act` on the open file, which is closed after. */
export function withH5<T>(source: ByteSource, name: string, act: (file: H5File) => T): T {
  const { path, unmount } = mount(source);
  const fail: Fail = (what) => {
    throw new LabError('format.hdf5', `Reading "${name}" (HDF5): ${what}. Copy or save the file again.`);
  };
  takeReason();
  boundMemory(ownMemory + mostClaimed(source.size));
  try {
    const library = theLibrary();
    const id = guarded(() => library.open(path, 0, false, -1, -1), fail);
    if (id < 0n) fail(`it cannot be opened (${takeReason() ?? 'no reason given'})`);
    try {
      return act(new H5File(library, id, source.size, fail));
    } finally {
      library.close_file(id);
      takeReason();
    }
  } finally {
    boundMemory(Infinity);
    unmount();
  }
}

/** What the library does not survive is the file's fault too. */
function guarded<T>(act: () => T, fail: Fail): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof LabError) throw error;
    return fail(`its structure is damaged (${String(error instanceof Error ? error.message : error).slice(0, 200)})`);
  }
}

export class H5File {
  readonly fail: Fail;
  readonly #library: Library;
  readonly #id: bigint;
  readonly #size: number;

  constructor(library: Library, id: bigint, size: number, fail: Fail) {
    this.#library = library;
    this.#id = id;
    this.#size = size;
    this.fail = fail;
  }

  kindOf(path: string): 'group' | 'dataset' | 'other' {
    const type = this.#call((l) => l.get_type(this.#id, path), 'quiet');
    return type === 0 ? 'group' : type === 1 ? 'dataset' : 'other';
  }

  /** Of what is in a group, in order of names. */
  names(path: string): string[] {
    return this.#call((l) => l.get_names(this.#id, path, false));
  }

  /** The same for two paths that lead to one object. */
  address(path: string): string {
    return this.#call((l) => l.create_object_reference(this.#id, path)).join();
  }

  metadata(path: string): Metadata {
    const metadata = this.#call((l) => l.get_dataset_metadata(this.#id, path));
    if (metadata.virtual_sources?.length) this.fail(`"${path}" lies in other files, which are not read`);
    return metadata;
  }

  attributeNames(path: string): string[] {
    return this.#call((l) => l.get_attribute_names(this.#id, path));
  }

  attributeMetadata(path: string, name: string): Metadata {
    return this.#call((l) => l.get_attribute_metadata(this.#id, path, name));
  }

  /** Path of the object that a reference leads to, null where it leads nowhere. */
  referenced(reference: Uint8Array): string | null {
    if (reference.every((byte) => byte === 0)) return null;
    const path = this.#call((l) => l.get_referenced_name(this.#id, reference, true), 'quiet');
    return typeof path === 'string' && path.startsWith('/') ? path : null;
  }

  /** Throws where a file of this size cannot hold so many bytes, packed as they may be. */
  requirePossible(bytes: number, path: string): void {
    if (bytes <= mostClaimed(this.#size)) return;
    this.fail(`"${path}" claims ${bytes} bytes, more than a file of ${this.#size} bytes can hold`);
  }

  /**
   * Lets `use` see the elements of a block, as they lie in the library's memory from `at` on; block null: all. Lengths have
   * to be checked before.
   */
  use<T>(
    path: string,
    block: Block | null,
    bytes: number,
    use: (memory: Uint8Array<ArrayBuffer>, at: number) => T,
    options: { attribute?: string; reclaim?: boolean } = {},
  ): T {
    const library = this.#library;
    const { attribute, reclaim = false } = options;
    const at = bytes > 0 && bytes < 2 ** 31 ? library._malloc(bytes) : 0;
    if (at === 0) this.fail(`there is no room for ${bytes} bytes of "${path}"`);
    try {
      library.HEAPU8.fill(0, at, at + bytes);
      const status = this.#call((l) => {
        if (attribute !== undefined) return l.get_attribute_data(this.#id, path, attribute, BigInt(at));
        const [count, from, strides] = block
          ? [block.shape.map(BigInt), block.from.map(BigInt), block.shape.map(() => 1n)]
          : [null, null, null];
        return l.get_dataset_data(this.#id, path, count, from, strides, BigInt(at));
      }, path);
      if (status < 0) this.fail(`"${path}" cannot be read`);
      const result = use(library.HEAPU8, at);
      if (reclaim) this.#call((l) => l.reclaim_vlen_memory(this.#id, path, attribute ?? '', BigInt(at)), 'quiet');
      return result;
    } finally {
      library._free(at);
    }
  }

  /** of: what is read, for the reason that is told; quiet: errors are an answer */
  #call<T>(act: (library: Library) => T, of = ''): T {
    const result = guarded(() => act(this.#library), this.fail);
    const reason = takeReason();
    if (reason === null || of === 'quiet') return result;
    const filters = of === '' ? [] : this.#unknownFilters(of);
    if (filters.length > 0) this.fail(`"${of}" is packed by ${filters.join(', ')}, which cannot be unpacked here`);
    return this.fail(`${of === '' ? 'its structure' : `"${of}"`} is damaged or of a kind not known here (${reason})`);
  }

  #unknownFilters(path: string): string[] {
    const filters = guarded(() => this.#library.get_dataset_filters(this.#id, path), this.fail);
    takeReason();
    return filters.filter(({ id }) => id > 6 || id === 4).map(({ id, name }) => `${name || 'filter'} (${id})`);
  }
}

/** Part of an array, axis by axis. */
export type Block = { readonly from: readonly number[]; readonly shape: readonly number[] };
