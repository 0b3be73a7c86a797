import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createSmallServer, waits } from './small-mcp-server.ts';

process.stderr.write('small server is here\n');
if (process.argv.includes('--fail')) throw new Error('no configuration');
if (process.argv.includes('--chatty')) process.stdout.write('Listening now!\n');
for (const event of ['started', 'cancelled']) waits.on(event, () => process.stderr.write(`wait was ${event}\n`));
serveStdio(createSmallServer);
if (process.argv.includes('--immortal')) {
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 60_000);
}
