import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startLineClient } from '../measure/line-client.ts';
import { residentBytes } from '../measure/resident-bytes.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { median, timeCalls } from './measured-calls.ts';

/** What one process costs by the databases it serves, each called in turn. */
export async function databasesCurve(databaseUrl: string, program: string): Promise<Curve> {
  const folder = await mkdtemp(join(tmpdir(), 'pgmcp-scale-'));
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const points: CurvePoint[] = [];
  try {
    for (const size of [1, 4, 16, 40]) {
      const names = Array.from({ length: size }, (_, index) => `shop_${index}`);
      for (const name of names) {
        const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
        if (rowCount === 0) await admin.query(`create database ${name}`);
      }
      const file = join(folder, `${size}.json`);
      const databases = names.map((name) => {
        const url = new URL(databaseUrl);
        url.pathname = `/${name}`;
        return { name, url: url.href };
      });
      await writeFile(file, JSON.stringify({ databases }), { mode: 0o600 });
      const client = await startLineClient(process.execPath, [program, '--config', file], {
        PG_MCP_RATE_LIMIT_ENABLED: 'false',
        PG_MCP_SERVER_LOG_LEVEL: 'error',
      });
      const call = (index: number) =>
        client.callTool('execute_query', { sql: 'SELECT 1', database: names[index % size] ?? '' });
      for (let index = 0; index < size; index += 1) await call(index);
      const durations = await timeCalls(200, call);
      const { rows } = await admin.query<{ count: string }>(
        "select count(*) from pg_stat_activity where datname like 'shop_%'",
      );
      points.push({
        size,
        values: [median(durations), (await residentBytes(client.process)) / 1e6, Number(rows[0]?.count)],
      });
      await client.close();
    }
  } finally {
    await admin.end();
    await rm(folder, { recursive: true, force: true });
  }
  return {
    title: 'Cost of a process by its databases',
    size: 'databases',
    columns: ['ms a call', 'MB resident', 'connections'],
    points,
    reason:
      'A call finds its database by name; what grows is memory (a catalog each) and connections, at least one for each in use.',
  };
}
