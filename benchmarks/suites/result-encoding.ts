import { createPools } from '@pgmcp/pool';
import { encodeTable, formatTable } from '../../packages/server/src/values/index.ts';
import { interleave } from '../measure/interleave.ts';
import { rowsSql } from '../measure/rows-sql.ts';
import type { Suite } from '../suite.ts';

const ROWS = 1_000;
const BUDGET = { maxTokens: 100_000_000, maxCellCharacters: 100_000 };

/** Values with their types, from the wire text, beside texts that are written as they came. */
export const resultEncoding: Suite = {
  name: 'result-encoding',
  title: `Encoding ${ROWS.toLocaleString('en')} rows of 8 types as JSON, without a database or a transport`,
  goal: 'no bar of its own; part of P6. The floor writes every value as a string',
  async run({ databaseUrl, rounds }) {
    const pools = createPools([{ name: 'one', url: databaseUrl }]);
    try {
      const table = await pools
        .database('one')
        .with({ maxRows: ROWS, maxBytes: 1 << 28 })
        .table(rowsSql(ROWS));
      const encode = () => encodeTable(table, { typeOf: () => undefined, budget: BUDGET });
      let bytes = 0;
      const measurements = await interleave(
        [
          { name: 'JSON.stringify of the wire text', call: async () => JSON.stringify({ rows: table.rows }) },
          {
            name: 'encodeTable and JSON.stringify',
            call: async () => {
              bytes = JSON.stringify(encode()).length;
            },
          },
          {
            name: 'the same as CSV in one string',
            call: async () => JSON.stringify(formatTable(encode(), 'csv', BUDGET)),
          },
        ],
        { rounds, calls: 20, warmUpCalls: 60 },
      );
      const floorBytes = JSON.stringify({ rows: table.rows }).length;
      return { measurements, facts: { 'bytes beside the floor': `${(bytes / floorBytes).toFixed(2)}x` } };
    } finally {
      await pools.close();
    }
  },
};
