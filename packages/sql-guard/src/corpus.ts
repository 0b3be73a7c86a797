import { readdir, readFile } from 'node:fs/promises';
import type { ViolationCode } from './verdict.ts';

/** A statement that no read-only policy may let through. */
export interface HostileCase {
  /** Attack class: `advisory-locks`, `attribute-notation`. */
  readonly attackClass: string;
  readonly sql: string;
  /** The first violation that the guard names in read-only mode. */
  readonly code: ViolationCode;
  readonly node: string;
  readonly line: number;
  readonly column: number;
}

const folder = new URL('../corpus/deny/', import.meta.url);

/** Splits a corpus file: each case is a line `--> header` and the text below it, taken as it stands. */
export function splitCorpus(text: string): readonly { readonly header: string; readonly sql: string }[] {
  return text
    .split(/^--> /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { header: part.slice(0, end), sql: part.slice(end + 1).replace(/\n$/, '') };
    });
}

/**
 * Reads the hostile statements that this package is tested with, for tests of other programs. Nothing is read before the call.
 * They are made to be refused: run them only against a database that may be lost.
 */
export async function readHostileCases(): Promise<readonly HostileCase[]> {
  const cases: HostileCase[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()) {
    for (const { header, sql } of splitCorpus(await readFile(new URL(file, folder), 'utf8'))) {
      const [code = '', node = '', place = ''] = header.split(' ');
      const [line = 0, column = 0] = place.split(':').map(Number);
      cases.push({ attackClass: file.slice(0, -'.sql'.length), sql, code: code as ViolationCode, node, line, column });
    }
  }
  return cases;
}
