import { parse } from 'libpg-query';
import type { ParseTree, SqlParse } from '../src/index.ts';

/** PostgreSQL's own grammar. */
export const parsePort: SqlParse = {
  parse: async (sql) => {
    try {
      return { parsed: true, tree: (await parse(sql)) as unknown as ParseTree };
    } catch {
      return { parsed: false };
    }
  },
};
