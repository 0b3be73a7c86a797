import type { Requirements } from './requirement.ts';

const EVERY_TOOL = 'e2e/every-tool.e2e.ts: does its work: $what';

/** What the tools say of themselves to assistants. Each is called in both protocol eras over both transports, well and badly. */
export const TOOLS: Requirements = {
  about: 'tools',
  page: 'docs/tools.md',
  requirements: [
    [
      'Remembers a statement as the answer to a question, once the user accepted it.',
      'packages/server/test/confirm-answer.db.test.ts: answers the question from then on, without the model',
      EVERY_TOOL,
    ],
    [
      'If the user agrees in a form it answers from now on, else it is an example for the model.',
      'packages/server/test/confirm-answer.db.test.ts: answers the question from then on, without the model',
      'packages/server/test/confirm-answer.db.test.ts: is an example for the model and never answers by itself',
    ],
    [
      'Adds a PostgreSQL database that only you can read, until the server ends, if its server is on the operator’s list.',
      'packages/server/test/tools-connections.db.test.ts: exist for the caller who added them, and for nobody else',
      'packages/server/test/tools-connections.db.test.ts: only read, whatever the mode of the other databases is',
      'packages/server/test/tools-connections.db.test.ts: the list of servers',
    ],
    [
      'It is tried first.',
      'packages/server/test/tools-connections.db.test.ts: are not kept when they do not work, and say why without a secret',
    ],
    [
      'The password is never shown again.',
      'packages/server/test/tools-connections.db.test.ts: are tried, used like other databases, listed without secrets, tested and removed',
    ],
    [
      'Looks for what slows or stops a database: unused, duplicate, invalid indexes, bloat, vacuum, wraparound, cache, connections, locks, sequences, replication.',
      'packages/server/test/advice-health.db.test.ts: analyze_database_health',
      EVERY_TOOL,
    ],
    [
      'Says what it cannot judge.',
      'packages/server/test/advice-health.db.test.ts: runs every check on a server, and says of a weak role what stays invisible instead of "ok"',
    ],
    [
      'Changes nothing.',
      'e2e/surface.e2e.ts: lists its tools sorted, with titles, hints and schemas that every client can read',
      'packages/server/test/advice-health.db.test.ts: runs every check on a server, and says of a weak role what stays invisible instead of "ok"',
    ],
    [
      'Runs one INSERT, UPDATE, DELETE or MERGE once for each set of values, as one transaction, with preview and confirmation like execute_transaction.',
      'packages/server/test/tools-write.db.test.ts: runs one statement for each set of values, all or none',
      EVERY_TOOL,
    ],
    [
      'Ends a statement of start_query on its server.',
      'packages/server/test/tools-long.db.test.ts: is ended on the server by cancel_query',
      'packages/server/test/results-replicas.db.test.ts: are cancelled by any of them',
    ],
    [
      'One that has ended already keeps its rows.',
      'packages/server/test/tools-long.db.test.ts: keeps the rows of a statement that had ended when it was cancelled',
    ],
    [
      'Runs one read-only SQL statement and draws its rows as a picture.',
      'packages/server/test/tools-chart.db.test.ts: of kind %s is a picture beside its data',
      EVERY_TOOL,
    ],
    [
      'Aggregate and sort in SQL: what it returns is what is drawn.',
      'packages/server/test/tools-chart.db.test.ts: chooses columns by name, splits into series and keeps only some rows beside the picture',
    ],
    [
      'Runs CREATE, ALTER, DROP, COMMENT or REFRESH statements as one transaction.',
      'packages/server/test/tools-maintenance.db.test.ts: previews objects, and changes them once confirmed',
      EVERY_TOOL,
    ],
    [
      'The first call only previews which objects change, and how many rows.',
      'packages/server/test/tools-maintenance.db.test.ts: previews objects, and changes them once confirmed',
      'packages/server/test/tools-maintenance.db.test.ts: shows what a CASCADE takes with it',
      'packages/server/test/tools-maintenance.db.test.ts: previews how many rows change, and changes nothing when others would by now',
    ],
    [
      'It commits once confirmed, if both are still the same.',
      'packages/server/test/tools-maintenance.db.test.ts: previews objects, and changes them once confirmed',
      'packages/server/test/tools-maintenance.db.test.ts: changes nothing when somebody has changed the structure since the preview',
      'packages/server/test/tools-maintenance.db.test.ts: previews how many rows change, and changes nothing when others would by now',
    ],
    [
      'It commits once confirmed, if the counts are still the same.',
      'packages/server/test/write-confirmation.db.test.ts: commits what was confirmed by its token, once',
      'packages/server/test/write-confirmation.db.test.ts: writes nothing when somebody has changed the data since the preview',
      'packages/server/test/write-confirmation.db.test.ts: commits when other rows change in equal numbers, which nobody can tell from a clock or a sequence',
    ],
    [
      'Runs one read-only SQL statement (SELECT, WITH, VALUES, SHOW, EXPLAIN) on PostgreSQL and returns its rows.',
      'e2e/surface.e2e.ts: runs SQL with parameters',
      EVERY_TOOL,
    ],
    [
      'Statements that write, lock, sleep or reach outside the database are refused with the reason.',
      'packages/sql-guard/test/corpus.test.ts: the hostile corpus',
      'packages/server/test/attack-command.db.test.ts: gets nothing through our own server, with the whole corpus',
    ],
    [
      'Runs statements that change rows (INSERT, UPDATE, DELETE, MERGE) as one transaction.',
      'packages/server/test/tools-write.db.test.ts: says which statement failed, and writes none',
      EVERY_TOOL,
    ],
    [
      'The first call only previews: exact counts per table with triggers and cascades.',
      'packages/server/test/tools-write.db.test.ts: previews exact rows with triggers and cascades, and writes nothing',
      'packages/server/test/tools-write.db.test.ts: counts what deferred triggers do',
    ],
    [
      'Shows how PostgreSQL plans one read-only SQL statement, with remarks; with analyze it runs it (read-only) for actual times.',
      'e2e/surface.e2e.ts: explains a statement, and runs it when asked to',
      'packages/server/test/advice-plan.test.ts: remarks on a plan',
      'packages/sql-guard/test/policy.test.ts: lets only SELECT through, under the same rules',
    ],
    [
      'Describes one table that search found, with a few of its rows.',
      'packages/server/test/tools-search.db.test.ts: find a table by its columns and comments, each once, and give it as a document',
    ],
    [
      'Sums up recent calls: how many, success rate, calls per minute, duration (average, median, p95, max), use of limits.',
      'packages/server/test/history.test.ts: has average, median, p95, maximum, success rate and calls per minute',
      EVERY_TOOL,
    ],
    [
      'For writing SQL yourself: the part of the schema that a question needs, ways to join it, stored values that the question names, verified examples, server time and zone.',
      'packages/server/test/tools-context.db.test.ts: holds the tables, how to join them, the values meant, examples and the clock of the server',
    ],
    [
      'Smaller than reading the whole schema.',
      'packages/server/test/tools-context.db.test.ts: stays within the budget, and says which tables did not fit',
    ],
    [
      'Lists recent calls, the latest first: tool, statement with its literals as $n, rows, duration, outcome.',
      'packages/server/test/tools-monitoring.db.test.ts: show what was called, without literals, parameters and rows',
      'packages/server/test/history.test.ts: shows a caller its own calls, the latest first, and an operator everybody’s',
    ],
    [
      'Reads the rows behind a query_id page by page, all of one run.',
      'packages/server/test/tools-long.db.test.ts: gives its rows page by page, in order and each once',
      'packages/server/test/tools-long.db.test.ts: pages one snapshot: what others write meanwhile is not seen, and nothing is run again',
    ],
    [
      'While the statement runs: how far it is.',
      'packages/server/test/tools-long.db.test.ts: says how far it is while it runs, and waits as long as it is asked to',
    ],
    [
      'Lists statements that took long, the slowest first, with their literals as $n and the estimated plan.',
      'packages/server/test/history.test.ts: orders slow statements by their time, those of the viewer alone',
      'packages/server/test/observation.db.test.ts: are kept with the plan, made without running them again and without their literals',
    ],
    [
      'Describes tables or views: columns with exact types, enum labels, defaults and comments, keys in both directions, checks, indexes, partitions, row security and view definitions.',
      'e2e/surface.e2e.ts: describes tables with types, keys, enum labels and comments',
      'packages/server/test/tools.db.test.ts: take the foreign keys’ actions along',
      EVERY_TOOL,
    ],
    [
      'Says whether each database answers, how fast, how far replicas are behind, and how the server itself does.',
      'packages/server/test/tools-monitoring.db.test.ts: tells the state of databases and process',
      'packages/server/test/tools-monitoring.db.test.ts: is critical for a database that is down, and never shows its password',
      'packages/server/test/judge-measures.test.ts: say %s (%s) of a database',
    ],
    [
      'Lists the connections that you have added, without passwords.',
      'packages/server/test/tools-connections.db.test.ts: are tried, used like other databases, listed without secrets, tested and removed',
    ],
    [
      'Lists the tables, views and materialized views of a database with estimated row counts and comments.',
      'e2e/surface.e2e.ts: lists tables, filtered by pattern, with partitions folded',
      'packages/server/test/tools.db.test.ts: page through a long list of tables and count what each schema has',
    ],
    [
      'Partitions are shown as their parent table.',
      'e2e/surface.e2e.ts: lists tables, filtered by pattern, with partitions folded',
    ],
    [
      'Runs VACUUM, ANALYZE or REINDEX CONCURRENTLY on one table; rows and structure stay as they are.',
      'packages/server/test/tools-maintenance.db.test.ts: runs %s',
      'packages/server/test/tools-maintenance.db.test.ts: shrinks nothing of a table but what is dead',
    ],
    [
      'Answers a question about the data in plain language: a verified statement or the configured model gives the SQL, which is checked and run read-only.',
      'e2e/surface.e2e.ts: answers a question by a verified statement, labelled so, without any model',
      'e2e/question.e2e.ts: is answered at the first try',
      'e2e/question.e2e.ts: is refused when the model writes a DELETE, and nothing is changed',
    ],
    [
      'Without a model the result has status "hand_over" with the schema, so that you write the SQL and call execute_query.',
      'e2e/surface.e2e.ts: hands a question over when nothing can answer it and no model is configured',
    ],
    [
      'Finds indexes that would help one SQL statement or, without sql, the statements that took most time (pg_stat_statements).',
      'packages/server/test/advice-indexes.db.test.ts: finds the index for a filter, names quoted, and labels it',
      'packages/server/test/advice-indexes.db.test.ts: reads the workload from pg_stat_statements, and says when it is not there',
    ],
    [
      'Proven with HypoPG where installed, else labelled estimates.',
      'packages/server/test/advice-indexes.db.test.ts: proves what helps by the planner, with size, and tells what would not',
      'packages/server/test/advice-indexes.db.test.ts: recommend_indexes by estimate, where HypoPG is not installed',
    ],
    [
      'Creates nothing.',
      'packages/server/test/advice-indexes.db.test.ts: creates nothing, and leaves no hypothetical index to the next borrower of the connection',
    ],
    [
      'Removes a connection that you have added.',
      'packages/server/test/tools-connections.db.test.ts: are tried, used like other databases, listed without secrets, tested and removed',
    ],
    [
      'Nothing in its database changes.',
      'packages/server/test/tools-connections.db.test.ts: only read, whatever the mode of the other databases is',
    ],
    [
      'Finds tables and views of all databases by words in names, columns and comments. fetch takes the id of a result.',
      'packages/server/test/tools-search.db.test.ts: search every database, and one that is down stops nobody',
      'packages/server/test/tools-search.db.test.ts: find a table by its columns and comments, each once, and give it as a document',
    ],
    [
      'Finds rows by meaning in a pgvector column, or by meaning and words in a text column with embeddings.',
      'packages/server/test/semantic-search.db.test.ts: gives the nearest rows first, with their similarity in percent and without the vectors',
      'packages/server/test/semantic-search.db.test.ts: uses the embeddings table that belongs to it, by meaning and words',
    ],
    [
      'Starts one read-only SQL statement that runs long or returns many rows, and returns a query_id at once. get_query_result reads the rows, all of one run.',
      'packages/server/test/tools-long.db.test.ts: says how far it is while it runs, and waits as long as it is asked to',
      EVERY_TOOL,
    ],
    [
      'Says whether a connection that you have added answers, how fast, and what server it is.',
      'packages/server/test/tools-connections.db.test.ts: are tried, used like other databases, listed without secrets, tested and removed',
      EVERY_TOOL,
    ],
  ],
};
