import { readFile } from 'node:fs/promises';
import { verifiedPairsFile } from '@pgmcp/fixture-retail';
import { parse } from 'yaml';

/** Statements as people ask for them: the answers of the verified questions about the retail database. */
export async function verifiedStatements(): Promise<readonly string[]> {
  const { pairs } = parse(await readFile(verifiedPairsFile, 'utf8')) as { pairs: readonly { sql: string }[] };
  return pairs.map(({ sql }) => sql);
}
