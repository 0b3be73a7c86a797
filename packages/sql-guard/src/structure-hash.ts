const byteTexts = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const byteAt = (lane: number, shift: number): string => byteTexts[(lane >>> shift) & 0xff] as string;

/** 8 digits. Number's own conversion takes several times as long. */
const hexadecimal = (lane: number): string => byteAt(lane, 24) + byteAt(lane, 16) + byteAt(lane, 8) + byteAt(lane, 0);

/** Mixes bits so that small differences spread. */
function finish(lane: number): number {
  let mixed = lane ^ (lane >>> 16);
  mixed = Math.imul(mixed, 0x85eb_ca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}

/** Hashes one text, for what is known before a statement is: tags and fields. */
export function hashText(text: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  return hash;
}

/**
 * A 64-bit hash of a statement's structure, fed while the walk visits it: tags, fields, names and depths, but no literals, no parameters
 * and no places. Two lanes of 32 bits with different multipliers (FNV-1a and Murmur3's) stand for one of 64. libpg-query has a
 * fingerprint of its own, which parses the text once more and costs as much as the whole verdict.
 *
 * A class, because it is fed some hundred times for each text: its lanes stay integers in place, where those of a closure would be
 * boxed anew each time.
 */
export class StructureHash {
  private first = 0x811c_9dc5 | 0;
  private second = 0x9747_b28c | 0;

  add(value: number): void {
    const first = Math.imul(this.first ^ value, 0x0100_0193);
    const second =
      (Math.imul((this.second << 13) | (this.second >>> 19), 5) + 0xe654_6b64 + Math.imul(value, 0xcc9e_2d51)) | 0;
    this.second = second;
    this.first = first ^ (second >>> 15);
  }

  addText(text: string): void {
    this.add(hashText(text));
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    return hexadecimal(finish(this.first)) + hexadecimal(finish(this.second ^ this.first));
  }
}
