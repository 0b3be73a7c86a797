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
      // Loaded while the guard's thread starts and the database is asked: it holds the protocol and every tool.
      serve: async (services) => (await import('./serve-over-stdio.ts')).serveOverStdio(services),
      // Holds the launcher of a database, which no other start needs.
      startDemo: async () => (await import('./demo.ts')).startDemo(),
    },
    processHost(),
  );
}
