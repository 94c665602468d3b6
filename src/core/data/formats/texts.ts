/** NumPy's arrays of text: fixed width, padded with zeros; `U` has 4 bytes a character, `S` one. */

const unit = { U: 4, S: 1 } as const;

export type TextType = { kind: 'U' | 'S'; characters: number; littleEndian: boolean };

/** From NumPy's short name: <U12, |S5 …; undefined where it names no text. */
export function textTypeNamed(descr: string): TextType | undefined {
  const [, order, kind, characters] = /^([<>|=])?([US])([1-9]\d{0,7})$/.exec(descr) ?? [];
  if (kind === undefined) return undefined;
  return { kind: kind as 'U' | 'S', characters: Number(characters), littleEndian: order !== '>' };
}

export const textWidth = ({ kind, characters }: TextType): number => unit[kind] * characters;

/** `bytes` holds exactly `count` texts. */
export function readTexts(bytes: Uint8Array, count: number, type: TextType): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = textWidth(type);
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let at = i * width; at < (i + 1) * width; at += unit[type.kind]) {
      const code = type.kind === 'U' ? view.getUint32(at, type.littleEndian) : view.getUint8(at);
      text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    }
    return text.replace(/\0+$/, '');
  });
}
