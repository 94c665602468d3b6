/**
 * Writes a ZIP archive whose members are stored as they are, each starting at a multiple of 64 bytes, as PyTorch has it.
 * The same members give the same bytes: they carry no date.
 * Source: PKWARE's APPNOTE.TXT 6.3.
 */
import { crc32 } from './crc32.ts';
import { LabError } from '../../errors.ts';

export type Member = { readonly name: string; readonly content: Uint8Array };

const alignment = 64;
/** 1 January 1980, the first day that the format knows */
const noDate = 0x21;
const fixedParts = { local: 30, central: 46, end: 22 } as const;
/** of the extra field that moves the content to its place: id "FB", length */
const extraHead = 4;
/** names are UTF-8 */
const flags = 0x800;
const largest = { bytes: 0xffffffff, members: 0xffff } as const;

export function storedZip(members: readonly Member[]): Uint8Array {
  const places = placed(members);
  const directoryStart = places.at(-1)?.end ?? 0;
  const directoryLength = places.reduce((sum, { name }) => sum + fixedParts.central + name.length, 0);
  const total = directoryStart + directoryLength + fixedParts.end;
  if (total > largest.bytes || members.length > largest.members) {
    throw new LabError(
      'zip.large',
      `Writing a ZIP archive: its ${members.length} members take ${(total / 2 ** 30).toFixed(1)} GiB, 4 GiB and 65535 members is the most. Write less at a time.`,
    );
  }
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  let at = directoryStart;
  for (const { local, name, start, content, checksum } of places) {
    const extra = start - local - fixedParts.local - name.length;
    writeFields(view, local, [4, 0x04034b50], [2, 20], ...common(checksum, content.length, name.length), [2, extra]);
    out.set(name, local + fixedParts.local);
    writeFields(view, local + fixedParts.local + name.length, [2, 0x4246], [2, extra - extraHead]);
    out.set(content, start);
    writeFields(view, at, [4, 0x02014b50], [2, 20], [2, 20], ...common(checksum, content.length, name.length));
    writeFields(view, at + 42, [4, local]); // extra field, comment, disk and attributes stay 0
    out.set(name, at + fixedParts.central);
    at += fixedParts.central + name.length;
  }
  const count = members.length;
  writeFields(view, at, [4, 0x06054b50], [4, 0], [2, count], [2, count], [4, directoryLength], [4, directoryStart]);
  return out;
}

type Placed = {
  readonly local: number;
  readonly name: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly content: Uint8Array;
  readonly checksum: number;
};

function placed(members: readonly Member[]): Placed[] {
  let local = 0;
  return members.map(({ name: text, content }) => {
    const name = new TextEncoder().encode(text);
    const earliest = local + fixedParts.local + name.length + extraHead;
    const start = Math.ceil(earliest / alignment) * alignment;
    const end = start + content.length;
    const place = { local, name, start, end, content, checksum: crc32(content) };
    local = end;
    return place;
  });
}

type Field = readonly [width: 2 | 4, value: number];

/** From the flags to the length of the name: the same in a member's head and in the directory. */
function common(checksum: number, size: number, nameLength: number): Field[] {
  return [
    [2, flags],
    [2, 0],
    [2, 0],
    [2, noDate],
    [4, checksum],
    [4, size],
    [4, size],
    [2, nameLength],
  ];
}

function writeFields(view: DataView, start: number, ...fields: readonly Field[]): void {
  let at = start;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
}
