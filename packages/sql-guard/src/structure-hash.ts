/**
 * A 64-bit hash of a statement's structure, fed while the walk visits it: tags, fields, names and depths, but no literals, no parameters
 * and no places. Two lanes of 32 bits with different multipliers (FNV-1a and Murmur3's) stand for one of 64. libpg-query has a
 * fingerprint of its own, which parses the text once more and costs as much as the whole verdict.
 */
export interface StructureHash {
  add(value: number): void;
  addText(text: string): void;
  /** 16 hexadecimal digits. */
  digest(): string;
}

const hexadecimal = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');

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

/** Starts the hash of one statement. */
export function createStructureHash(): StructureHash {
  let first = 0x811c_9dc5;
  let second = 0x9747_b28c;
  const add = (value: number): void => {
    first = Math.imul(first ^ value, 0x0100_0193);
    second = Math.imul((second << 13) | (second >>> 19), 5) + 0xe654_6b64 + Math.imul(value, 0xcc9e_2d51);
    first ^= second >>> 15;
  };
  return {
    add,
    addText: (text) => add(hashText(text)),
    digest: () => hexadecimal(finish(first)) + hexadecimal(finish(second ^ first)),
  };
}
