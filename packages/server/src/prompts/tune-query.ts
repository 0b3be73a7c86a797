import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { databaseArgument, databaseClause } from './database-argument.ts';

/** `tune_query`: why a statement is slow and what would help. */
export function registerTuneQueryPrompt(server: McpServer, services: Services): void {
  server.registerPrompt(
    'tune_query',
    {
      title: 'Tune a slow query',
      description: 'Find out why a statement is slow, and propose a faster one or an index, with plans as proof.',
      argsSchema: z.object({ sql: z.string(), database: databaseArgument(services) }),
    },
    ({ sql, database }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'text',
            text:
              `This statement on ${databaseClause(services, database)} is slow:\n\n${sql}\n\n` +
              'Call explain_query with analyze, and get_table_schema for the tables it reads. Say where time and rows go and where ' +
              'estimates are far from what happened. Propose a rewrite that gives the same rows, or an index, and compare the plans. ' +
              'Change nothing in the database.',
          },
        },
      ],
    }),
  );
}
