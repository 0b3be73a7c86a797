import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { databaseArgument } from './database-argument.ts';

/** `explore_database`: a first look at a database, for a person who meets it. */
export function registerExploreDatabasePrompt(server: McpServer, services: Services): void {
  server.registerPrompt(
    'explore_database',
    {
      title: 'Explore a database',
      description: 'Look at the tables of a database and say what it holds and which questions it can answer.',
      argsSchema: z.object({ database: databaseArgument(services) }),
    },
    ({ database }) => {
      const { names } = services.databases;
      const connected = database === undefined && names.length > 1 ? undefined : services.databases.resolve(database);
      const where = connected ? `the database "${connected.name}"` : `each of these databases: ${names.join(', ')}`;
      const text =
        `Explore ${where}. Call list_tables, then get_table_schema for the tables that matter, and look at a few rows with ` +
        'execute_query. Then tell me in plain words what the data is about, how the tables belong together, which period ' +
        'and how many rows they cover, and five questions that can be answered from them.';
      return { messages: [{ role: 'user', content: { type: 'text', text } }] };
    },
  );
}
