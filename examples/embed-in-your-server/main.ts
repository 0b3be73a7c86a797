// Both servers in one process, each with a client: what an assistant would see.
import { Client as NewClient } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport as OldTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { createLogger, createServices, loadConfiguration } from '@pgmcp/server';
import { yourServer } from './on-sdk-1.ts';
import { yourFactory } from './on-sdk-2.ts';

// DATABASE_URL says where; every other setting has a default.
const services = await createServices(loadConfiguration({ environment: process.env }), {
  logger: createLogger({ level: 'silent' }),
});

const requests = [
  { name: 'greet', arguments: { name: 'Ada' } },
  { name: 'execute_query', arguments: { sql: 'SELECT name FROM retail.stores ORDER BY name LIMIT 2' } },
  { name: 'execute_query', arguments: { sql: 'DROP TABLE retail.stores' } },
];

const [oldSide, oldServerSide] = OldTransport.createLinkedPair();
await yourServer(services).connect(oldServerSide);
const oldClient = new OldClient({ name: 'example', version: '1.0.0' });
await oldClient.connect(oldSide);
await show('on SDK 1.x', (request) => oldClient.callTool(request));
await oldClient.close();

const [newSide, newServerSide] = InMemoryTransport.createLinkedPair();
const server = await yourFactory(services)({ era: 'legacy' });
await server.connect(newServerSide);
const newClient = new NewClient({ name: 'example', version: '1.0.0' });
await newClient.connect(newSide);
await show('on SDK 2', (request) => newClient.callTool(request));
await newClient.close();

await services.close();

async function show(title: string, callTool: (request: (typeof requests)[number]) => Promise<object>): Promise<void> {
  console.log(title);
  for (const request of requests) {
    const { content, isError = false } = (await callTool(request)) as {
      content: { text: string }[];
      isError?: boolean;
    };
    const text = content[0]?.text ?? '';
    // The whole result has a notice with a random word, which fences what came from the database.
    const shown = text.startsWith('{') ? summary(JSON.parse(text)) : text;
    console.log(`  ${request.name}: ${isError ? 'refused, ' : ''}${shown}`);
  }
}

function summary({ rows, error }: { rows?: unknown; error?: { code: string } }): string {
  return error === undefined ? JSON.stringify(rows) : error.code;
}
