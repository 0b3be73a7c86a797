import type { AskPorts, Completion, CompletionRequest, LanguageModel, ResultTable, SchemaSlice } from '../src/index.ts';

/** A model that gives these replies in order and keeps what it was asked. */
export function scriptedModel(
  ...replies: (string | Completion | Error)[]
): LanguageModel & { requests: CompletionRequest[] } {
  const requests: CompletionRequest[] = [];
  return {
    requests,
    complete: async (request) => {
      const reply = replies[requests.length];
      requests.push(request);
      if (reply === undefined) throw new Error('the script has no further reply');
      if (reply instanceof Error) throw reply;
      return typeof reply === 'string' ? { text: reply } : reply;
    },
  };
}

export const answerWith = (sql: string, more: object = {}): string =>
  JSON.stringify({ status: 'answer', sql, ...more });

export const slice: SchemaSlice = {
  text: 'stores(id int4 PK, name text)',
  tables: [{ schema: 'public', name: 'stores' }],
  omitted: [],
  tokens: 10,
};

/** What PostgreSQL's driver throws. */
export const databaseError = (code: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { code, ...more });

/** Ports of a database in which each statement passes, except as `faults` says for a piece of its text. */
export function scriptedPorts(
  faults: { check?: Record<string, string>; explain?: Record<string, Error>; run?: Record<string, Error> } = {},
): AskPorts<ResultTable> & { ran: string[]; explained: string[] } {
  const ran: string[] = [];
  const explained: string[] = [];
  const find = <Value>(table: Record<string, Value> | undefined, sql: string): Value | undefined =>
    Object.entries(table ?? {}).find(([piece]) => sql.includes(piece))?.[1];
  return {
    ran,
    explained,
    schema: { describe: async () => slice },
    check: {
      check: async (sql) => {
        const code = find(faults.check, sql);
        return code === undefined
          ? { allowed: true, relations: [{ name: 'stores' }] }
          : { allowed: false, violations: [{ code, message: `${code} is not allowed.` }] };
      },
    },
    runner: {
      explain: async (sql) => {
        explained.push(sql);
        const fault = find(faults.explain, sql);
        if (fault !== undefined) throw fault;
        return { totalCost: 1 };
      },
      run: async (sql) => {
        ran.push(sql);
        const fault = find(faults.run, sql);
        if (fault !== undefined) throw fault;
        return { columns: [{ name: 'n' }], rows: [[sql]], truncated: false };
      },
    },
  };
}
