// Before the others, which take longer to load than it takes to start a thread.
import './prepare.ts';
import { processHost, runProgram } from '@pgmcp/server';
import { serveHttp } from './serve-http.ts';
import { startTelemetry } from './telemetry.ts';

/** Runs `pgmcp-http` from its command line to its exit code. */
export async function run(): Promise<number> {
  const telemetry = await startTelemetry();
  return runProgram(
    {
      name: 'pgmcp-http',
      summary: 'a PostgreSQL server for the Model Context Protocol over Streamable HTTP.',
      flags: [
        {
          flag: 'host',
          value: 'HOST',
          description: 'Address to listen on; others than loopback need authentication. Default 127.0.0.1.',
        },
        { flag: 'port', value: 'PORT', description: 'Port to listen on; 0 takes a free one. Default 3000.' },
        {
          flag: 'admin-port',
          value: 'PORT',
          description: 'Port for probes, metrics and console. Default 9464, or a free one.',
        },
        {
          flag: 'log-level',
          value: 'LEVEL',
          description: 'Least level that is logged on standard error. Default info.',
        },
      ],
      examples: [
        'DATABASE_URL=postgresql://reader@localhost/shop pgmcp-http',
        'pgmcp-http --config pgmcp.yaml --port 3001',
      ],
      serve: (services) => serveHttp(services, telemetry),
    },
    processHost({ hangup: 'reload' }),
  );
}
