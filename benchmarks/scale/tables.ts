import pg from 'pg';
import { startLineClient } from '../measure/line-client.ts';
import { residentBytes } from '../measure/resident-bytes.ts';
import { serverSettings } from '../measure/server-settings.ts';
import { createTables } from '../schema-introspect/create-tables.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { median, timeCalls } from './measured-calls.ts';

/** What a database's size costs: the first description, which waits for the catalog, and one from the cache. */
export async function tablesCurve(databaseUrl: string, program: string): Promise<Curve> {
  const points: CurvePoint[] = [];
  for (const size of [10, 100, 1_000, 3_000]) {
    const name = `tables_${size}`;
    const admin = new pg.Client({ connectionString: databaseUrl });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    const url = new URL(databaseUrl);
    url.pathname = `/${name}`;
    const filler = new pg.Client({ connectionString: url.href });
    await filler.connect();
    await createTables(filler, size);
    await filler.end();
    const firsts: number[] = [];
    for (let start = 0; start < 3; start += 1) {
      const startedAt = performance.now();
      const client = await startLineClient(process.execPath, [program], serverSettings(url.href));
      await client.callTool('get_table_schema', { tables: ['bench.t7'] });
      firsts.push(performance.now() - startedAt);
      if (start === 2) {
        const cached = await timeCalls(50, (index) =>
          client.callTool('get_table_schema', { tables: [`bench.t${1 + (index % size)}`] }),
        );
        points.push({
          size,
          values: [median(firsts), median(cached), (await residentBytes(client.process)) / 1e6],
        });
      }
      await client.close();
    }
  }
  return {
    title: 'Cost of a database by its tables',
    size: 'tables of 12 columns',
    columns: ['ms from start to the first description', 'ms to describe one from the cache', 'MB resident'],
    points,
    reason:
      'One query reads the catalog, and its answer is parsed once; both grow with the columns, not with the square.',
  };
}
