// Before the others, which take longer to load than it takes to start a thread.
import './prepare.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { processHost, runProgram } from '@pgmcp/server';

/** Runs `pgmcp` from its command line to its exit code. */
export function run(): Promise<number> {
  return runProgram(
    {
      name: 'pgmcp',
      summary: 'a PostgreSQL server for the Model Context Protocol over standard input and output.',
      flags: [
        {
          flag: 'log-level',
          value: 'LEVEL',
          description: 'Least level that is logged on standard error. Default info.',
        },
      ],
      examples: [
        'DATABASE_URL=postgresql://reader@localhost/shop pgmcp',
        'pgmcp --config pgmcp.yaml --check-config',
        'pgmcp --demo',
      ],
      // Loaded while the guard's thread starts and the database is asked. Node answers nobody while it loads: a turn in between lets the
      // connection take its next step.
      serve: async (services) => {
        await nextTurn();
        await import('@modelcontextprotocol/server');
        await nextTurn();
        const { serveOverStdio } = await import('./serve-over-stdio.ts');
        return serveOverStdio(services);
      },
      // Holds the launcher of a database, which no other start needs.
      startDemo: async () => (await import('./demo.ts')).startDemo(),
    },
    processHost(),
  );
}
