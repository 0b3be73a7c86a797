import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { databaseArgument, databaseClause } from './database-argument.ts';

/** `write_query`: from a question to a checked statement, for a person who wants the SQL. */
export function registerWriteQueryPrompt(server: McpServer, services: Services): void {
  server.registerPrompt(
    'write_query',
    {
      title: 'Write a query',
      description: 'Write one SQL statement for a question, check its plan, run it and explain the result.',
      argsSchema: z.object({ question: z.string(), database: databaseArgument(services) }),
    },
    ({ question, database }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'text',
            text:
              `Answer this question from ${databaseClause(services, database)}: ${question}\n` +
              'Call get_query_context with the question, write one SELECT from what it gives, look at its plan with explain_query, and ' +
              'run it with execute_query. Show me the statement, the result, and what you assumed. If the question can be read in ' +
              'several ways, ask me first.',
          },
        },
      ],
    }),
  );
}
