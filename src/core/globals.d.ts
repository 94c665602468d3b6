/** The only globals beyond the language that core uses; every host has them (WHATWG Encoding). */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: 'utf-8' | 'latin1' | 'utf-16le' | 'utf-16be', options?: { fatal?: boolean });
  decode(bytes: Uint8Array, options?: { stream?: boolean }): string;
}
