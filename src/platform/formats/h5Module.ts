/**
 * The HDF5 library, compiled to WebAssembly (h5wasm). It sees no disk: a file is mounted as a source of bytes and read where
 * the library asks, so that links and external data of a file lead nowhere.
 *
 * Errors are told by the library on its standard error and by status; it is not made to throw, for that would leave its
 * stack as it was in the middle of a call.
 */
import type { ByteSource } from '../../core/data/formats/source.ts';
import { heapEnds } from './h5Heap.ts';

/** Metadata of a type, as h5wasm tells it. */
export type TypeMetadata = {
  type: number;
  size: number;
  signed: boolean;
  littleEndian: boolean;
  vlen: boolean;
  cset?: number;
  strpad?: number;
  ref_type?: 'object' | 'region';
  compound_type?: { members: (TypeMetadata & { name: string; offset: number })[] };
  enum_type?: { type: number; members: Record<string, number> };
  vlen_type?: TypeMetadata;
  array_type?: TypeMetadata & { shape: number[] };
};

export type Metadata = TypeMetadata & {
  shape: number[] | null;
  chunks: number[] | null;
  virtual_sources?: readonly unknown[];
};

/** Place in the library's memory. */
type Pointer = bigint;

export type Library = {
  HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  open(name: string, mode: number, trackOrder: boolean, low: number, high: number): bigint;
  close_file(file: bigint): number;
  get_type(file: bigint, path: string): number;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_dataset_metadata(file: bigint, path: string): Metadata;
  get_dataset_filters(file: bigint, path: string): { id: number; name: string }[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[] | null,
    offset: bigint[] | null,
    strides: bigint[] | null,
    to: Pointer,
  ): number;
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): Metadata;
  get_attribute_data(file: bigint, path: string, name: string, to: Pointer): number;
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, data: Pointer): number;
  create_object_reference(file: bigint, path: string): Uint8Array;
  get_referenced_name(file: bigint, reference: Uint8Array, isObject: boolean): string;
  FS: FileSystem;
};

type Stream = { position: number };
type StreamOperations = Record<string, (...args: never[]) => unknown>;
type FileSystem = {
  createFile(folder: string, name: string, properties: object, canRead: boolean, canWrite: boolean): Node;
  unlink(path: string): void;
  streams: ({ stream_ops: StreamOperations } | null)[];
  ErrnoError: new (code: number) => Error;
};
type Node = { stream_ops: StreamOperations };

let library: Library | null = null;
let told = '';

/**
 * Has to be awaited once before a file is opened. It is loaded when it is needed, for it takes time. load: gives another
 * instance, which takes the place of the one that was there.
 */
export async function loadLibrary(load?: () => Promise<{ ready: Promise<unknown> }>): Promise<void> {
  if (library !== null && !load) return;
  library = (await withBoundMemory(load ?? (() => import('h5wasm')))) as Library;
  const errors = library.FS.streams[2]!;
  const write = (_: Stream, bytes: Uint8Array, offset: number, length: number): number => {
    if (told.length < 10_000) told += new TextDecoder().decode(bytes.slice(offset, offset + length));
    return length;
  };
  errors.stream_ops = { ...errors.stream_ops, write: write };
}

let mostMemory = Infinity;

/** How large the library's memory may get from now on, in bytes; it says of what goes beyond that there is none. */
export function boundMemory(bytes: number): void {
  mostMemory = bytes;
}

type Instance = { readonly exports: Readonly<Record<string, unknown>> };
type Instantiate = (code: never, imports: never) => Promise<Instance | { instance: Instance }>;

/**
 * The library shows its memory to nobody, so it is looked for in what WebAssembly instantiates meanwhile; that is why nobody
 * else may load it before.
 */
async function withBoundMemory(load: () => Promise<{ ready: Promise<unknown> }>): Promise<unknown> {
  const instantiate = WebAssembly.instantiate as Instantiate;
  let bound = false;
  const seen: Instantiate = async (code, imports) => {
    const made = await instantiate(code, imports);
    const { memory } = ('instance' in made ? made.instance : made).exports;
    if (memory instanceof WebAssembly.Memory) {
      memory.grow = grownWithin(memory);
      bound = true;
    }
    return made;
  };
  WebAssembly.instantiate = seen as typeof WebAssembly.instantiate;
  try {
    const { ready } = await load();
    const loaded = await ready;
    if (!bound) throw new Error('The HDF5 library was loaded by others before.');
    return loaded;
  } finally {
    WebAssembly.instantiate = instantiate as typeof WebAssembly.instantiate;
  }
}

const pageBytes = 65536;

function grownWithin(memory: WebAssembly.Memory): WebAssembly.Memory['grow'] {
  return (pages) => {
    if (memory.buffer.byteLength + pages * pageBytes > mostMemory) throw new RangeError('No more memory is allowed.');
    return WebAssembly.Memory.prototype.grow.call(memory, pages);
  };
}

export function theLibrary(): Library {
  if (library === null) throw new Error('The HDF5 library was not loaded.');
  return library;
}

/** What the library has said of errors since it was asked last: the innermost reason, or null. */
export function takeReason(): string | null {
  if (told === '') return null;
  const reasons = [...told.matchAll(/#\d+: .*?\(\): (.*)/g)].map((match) => match[1]);
  told = '';
  return reasons.at(-1) ?? 'no reason given';
}

let mounted = 0;

/** Name of the source in the library's file system. */
export function mount(source: ByteSource): { path: string; unmount: () => void } {
  const { FS } = theLibrary();
  const name = `file${mounted++}`;
  const node = FS.createFile('/', name, {}, true, false);
  Object.defineProperty(node, 'usedBytes', { get: () => source.size });
  const refuse = (): never => {
    throw new FS.ErrnoError(63); // not permitted
  };
  const read = (_: Stream, memory: Uint8Array, offset: number, length: number, position: number): number => {
    const count = Math.max(0, Math.min(length, source.size - position));
    const into = new Uint8Array(memory.buffer, memory.byteOffset + offset, count);
    if (count > 0) source.fill(position, into);
    if (!heapEnds(into)) throw new FS.ErrnoError(29); // input or output
    return count;
  };
  const { llseek } = node.stream_ops;
  node.stream_ops = {
    ...Object.fromEntries(Object.keys(node.stream_ops).map((operation) => [operation, refuse])),
    llseek,
    read: read,
  };
  return { path: `/${name}`, unmount: () => FS.unlink(`/${name}`) };
}
