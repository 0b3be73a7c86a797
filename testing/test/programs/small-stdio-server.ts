import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { cancellations, createSmallServer } from './small-mcp-server.ts';

process.stderr.write('small server is here\n');
if (process.argv.includes('--fail')) throw new Error('no configuration');
if (process.argv.includes('--chatty')) process.stdout.write('Listening now!\n');
cancellations.on('cancelled', () => process.stderr.write('wait was cancelled\n'));
serveStdio(createSmallServer);
if (process.argv.includes('--immortal')) {
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 60_000);
}
