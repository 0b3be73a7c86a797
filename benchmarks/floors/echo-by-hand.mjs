// The protocol's own floor: JSON-RPC lines answered by hand, and with DATABASE_URL the statement run by a bare client of the driver.
import { createInterface } from 'node:readline';

let query;
if (process.env.DATABASE_URL) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  query = async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows;
}
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  let result = {};
  if (method === 'initialize') {
    result = {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'floor', version: '0' },
    };
  } else if (method === 'tools/call') {
    const rows = query ? await query(params.arguments.sql) : [[1]];
    result = { content: [{ type: 'text', text: JSON.stringify({ rows }) }] };
  }
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
}
process.exit(0);
