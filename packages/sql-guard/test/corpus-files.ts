import { readdirSync, readFileSync } from 'node:fs';
import { splitCorpus } from '../src/corpus.ts';

/** An honest statement with the kind that the guard names. */
export interface HonestCase {
  readonly topic: string;
  readonly kind: string;
  readonly sql: string;
}

const folder = new URL('../corpus/', import.meta.url);

export function readHonestCases(): readonly HonestCase[] {
  return readdirSync(new URL('allow/', folder)).flatMap((file) =>
    splitCorpus(readFileSync(new URL(`allow/${file}`, folder), 'utf8')).map(({ header, sql }) => ({
      topic: file.slice(0, -'.sql'.length),
      kind: header,
      sql,
    })),
  );
}

/** The tables that the honest statements read. */
export const readCorpusSchema = (): string =>
  ['schema.sql', 'retail-schema.sql'].map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');

/** Statements that need the pack of one extension, honest ones and others. */
export function readExtensionCases(kind: 'allow' | 'deny', extension: string): readonly string[] {
  return splitCorpus(readFileSync(new URL(`extensions/${kind}/${extension}.sql`, folder), 'utf8')).map(
    ({ sql }) => sql,
  );
}
