/**
 * The checksum of ZIP members: remainder of a division by the reflected polynomial 0xedb88320, four bytes at a time.
 * Source: ISO 3309; tables as in Kounavis & Berry 2005, "A systematic approach to building high performance CRC".
 */
const tables = makeTables();

export const crc32 = (bytes: Uint8Array): number => continued(0, bytes);

/** Of bytes that come piece by piece. */
export class Crc32 {
  value = 0;

  add(bytes: Uint8Array): void {
    this.value = continued(this.value, bytes);
  }
}

/** before: checksum of what came before the bytes */
function continued(before: number, bytes: Uint8Array): number {
  const [first, second, third, fourth] = tables;
  let rest = ~before;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    rest ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    rest = fourth[rest & 0xff] ^ third[(rest >>> 8) & 0xff] ^ second[(rest >>> 16) & 0xff] ^ first[rest >>> 24];
  }
  for (; at < bytes.length; at++) rest = (rest >>> 8) ^ first[(rest ^ bytes[at]) & 0xff];
  return (rest ^ 0xffffffff) >>> 0;
}

/** Table k: remainder of a byte that k bytes of zeros follow. */
function makeTables(): Uint32Array[] {
  const single = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    return rest;
  });
  const tables = [single];
  for (let k = 1; k < 4; k++) tables.push(tables[k - 1].map((rest) => (rest >>> 8) ^ single[rest & 0xff]));
  return tables;
}
