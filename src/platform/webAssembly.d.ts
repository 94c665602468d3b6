/** What is used of WebAssembly, which Node has and its types lack. */
declare namespace WebAssembly {
  class Module {
    private readonly compiled: true;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** by pages of 64 KiB; gives the number that there were */
    grow(pages: number): number;
  }
  type Instance = { readonly exports: Readonly<Record<string, unknown>> };
  type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  type Instantiated = { instance: Instance; module: Module };
  /** Of bytes: an Instantiated; of what is compiled already: an Instance. A variable, for it is replaced now and then. */
  let instantiate: (code: Uint8Array | Module, imports?: Imports) => Promise<Instance | Instantiated>;
}
