import type { Requirements } from './requirement.ts';

/** What the store keeps, and how texts are searched by meaning. */
export const RECORDS: Requirements = {
  about: 'records',
  requirements: [
    [
      'One contract for PostgreSQL, PGlite and memory',
      'packages/store/test/postgresql.db.test.ts: a store in PostgreSQL',
      'packages/store/test/pglite.test.ts: a store in PGlite',
      'packages/store/test/memory.test.ts: a store in memory',
      'packages/server/test/storage-contract.db.test.ts: a store on the pool of the server',
    ],
    [
      'Expired records are never read, and swept by many workers, none twice',
      'packages/store/test/expiry.db.test.ts: is swept by three workers, none twice and none early, from %s',
    ],
    ['Partitions by time, list and hash', 'packages/store/test/partitions.db.test.ts: partitions'],
    [
      'Indexes as declared, built without blocking, with advice',
      'packages/store/test/indexes.db.test.ts: indexes',
      'packages/store/test/index-methods.db.test.ts: index methods that are chosen by name',
    ],
    [
      'Migrations are done by one of many starters; an old program refuses a newer schema',
      'packages/store/test/migrate.db.test.ts: are done by exactly one of eight starters',
      'packages/store/test/migrate.db.test.ts: of a newer version stop an older one when they are breaking, and only then',
    ],
    [
      'Backup and restore as a stream, scheduled with retention',
      'packages/store/test/backup-schedule.test.ts: are written once for each period, by one of many processes, and only the newest are kept',
      'packages/server/test/storage.db.test.ts: go from one place to another by backup and restore on the command line',
    ],
    [
      'A crash loses no batch that was answered',
      'packages/store/test/crash.db.test.ts: between two batches keeps every batch that was answered, whole, and nothing of the others',
    ],
    [
      'Nearest neighbours with filters; everything else works without pgvector',
      'packages/store/test/vector.test.ts: nearest neighbours in PGlite with pgvector',
      'packages/store/test/vector.test.ts: a database without pgvector',
      '.github/workflows/ci.yml: pgvector',
    ],
    [
      'Without a store: memory; with one: kept over restarts and shared by replicas',
      'packages/server/test/storage.db.test.ts: are in memory by default, and no other process of the same configuration sees them',
      'packages/server/test/storage.db.test.ts: are in PostgreSQL when it is configured, seen by every replica and after a restart, by a role of their own',
    ],
    [
      'An embeddings table is made, filled, resumed and kept in step by a command that prints its SQL first',
      'packages/server/test/embed-command.db.test.ts: pgmcp embed',
    ],
    [
      'Hybrid search by meaning and words, with structured filters that never become SQL',
      'packages/server/test/semantic-search.db.test.ts: joins the order by meaning and the order by words, so that a number is found',
      'packages/server/test/semantic-search.db.test.ts: never makes SQL of a filter',
    ],
    [
      'Tenants never see each other’s neighbours',
      'packages/server/test/semantic-search.db.test.ts: never shows a tenant the neighbours of another: %s',
    ],
    [
      'Tables and examples are ranked by meaning, embedded again only when changed',
      'packages/server/test/table-meanings.db.test.ts: the meaning of tables',
    ],
    [
      'Embeddings: batches, cache, dimensions checked, Azure',
      'packages/nl2sql/test/openai-embedder.test.ts: an embedder',
    ],
  ],
};

/** What the server adds around statements and results. */
export const SERVER: Requirements = {
  about: 'server',
  requirements: [
    ['Bind parameters', 'e2e/surface.e2e.ts: runs SQL with parameters'],
    [
      'Row, byte, token and cell caps with a truncated flag and the way on',
      'packages/server/test/values-encode-table.test.ts: the budget',
      'packages/server/test/tools-long.db.test.ts: offers the rest of the same run',
    ],
    [
      'Duplicate column names are kept, column types are told',
      'e2e/values.e2e.ts: columns of the same name, and odd names, are all kept',
      'packages/server/test/values-encode-table.db.test.ts: are what format_type prints, modifiers included',
    ],
    ['Structured content and output schemas that hold', 'e2e/every-tool.e2e.ts: does its work: $what'],
    [
      'Unknown arguments are errors that name the nearest one',
      'e2e/every-tool.e2e.ts: refuses an argument that it does not know',
      'packages/server/test/arguments.test.ts: name the nearest known argument for an unknown one',
    ],
    [
      'Long calls tell early how far they are, and end on the server when cancelled',
      'e2e/every-tool.e2e.ts: tells early how far $tools are, and ends their work when they are cancelled',
    ],
    [
      'Results are kept by handle for their caller alone, on every replica',
      'packages/server/test/tools-long.db.test.ts: are unknown to everybody but their own caller',
      'packages/server/test/results-replicas.db.test.ts: are read by any of them, page by page',
      'e2e/examples.e2e.ts: the example %s prints what its folder says',
    ],
    [
      'Destructive statements are confirmed by a person or by a token, and fail closed',
      'packages/server/test/elicitation.db.test.ts: writes nothing after %j',
      'packages/server/test/write-confirmation.db.test.ts: refuses a token for other statements, values or databases, and withdraws it',
    ],
    [
      'A commit whose answer was lost is looked up, never repeated',
      'packages/server/test/lost-commit.db.test.ts: reports a commit whose answer was lost as committed, when the server says so',
    ],
    [
      'Cost admission before a statement runs',
      'packages/server/test/policy.db.test.ts: refuse a full scan of a big table with the reason and a cure, and let an indexed one pass',
    ],
    [
      'Masks hold through aliases, *, views, CTEs and row_to_json',
      'packages/server/test/policy.db.test.ts: are not shown %s',
      'packages/server/test/policy.db.test.ts: refuse every other use: %s',
      'packages/server/test/policy-units.test.ts: is refused when the server says that a protected column was missed',
    ],
    [
      'Blocked keywords are judged on the tree',
      'packages/server/test/policy.db.test.ts: look for blocked functions in the tree, not in the text',
    ],
    [
      'The mode comes from the start of the server and the role, never from a caller',
      'packages/server/test/policy.db.test.ts: narrow the mode of the database and never widen it',
    ],
    ['EXPLAIN ANALYZE runs read-only only', 'packages/sql-guard/test/policy.test.ts: the purpose explain-analyze'],
    [
      'Limits per caller over sliding windows, in memory, PostgreSQL or Redis, exact over replicas',
      'packages/server/test/limits.test.ts: requests per minute',
      'packages/server/test/limits-places.db.test.ts: allow exactly the limit over every replica, when all calls come at once',
      'packages/server/test/limits-places.db.test.ts: go on in memory with a share each while Redis is away, say so once, and come back',
    ],
    [
      'History, slow statements with plans, summaries',
      'packages/server/test/history.test.ts: the history',
      'packages/server/test/observation.db.test.ts: slow statements',
    ],
    [
      'An audit log with a hash chain and a stated policy when it cannot be written',
      'packages/server/test/audit.test.ts: the audit log',
      'packages/server/test/audit-command.db.test.ts: names the line that was changed and ends with 3',
    ],
    [
      'Logs, errors and results hold no secret',
      'packages/server/test/observe.test.ts: never writes a secret, wherever it is planted',
      'e2e/observation.e2e.ts: hold who called what, and no canary',
    ],
    [
      'OpenTelemetry spans and metrics, and the trace in a comment of the statement',
      'packages/server/test/observation.db.test.ts: the traces of a call',
      'packages/server/test/observation.db.test.ts: the metrics',
      'packages/server/test/observation.db.test.ts: reach the log and the database as a comment without an SDK, and leave error positions right',
      'e2e/traces.e2e.ts: sends a span for the call and one for its statement to a collector, before it ends, without a literal',
    ],
    [
      'Alerts as events and metrics',
      'packages/server/test/monitor.test.ts: looks again and again, and tells an alert when it begins',
      'packages/server/test/tools-monitoring.db.test.ts: raises alerts that last as long as their cause, in log and metrics',
    ],
    [
      'Advice on health and indexes, withheld where statistics do not carry it',
      'packages/server/test/advice-health.db.test.ts: analyze_database_health',
      'packages/server/test/advice-indexes.db.test.ts: withholds a verdict about a table that was never analyzed',
    ],
    [
      'Hypothetical indexes',
      'packages/server/test/advice-indexes.db.test.ts: proves what helps by the planner, with size, and tells what would not',
    ],
    [
      'Configuration: flags, environment, file, defaults; variables, profiles, secrets from files',
      'packages/server/test/config-load.test.ts: precedence',
      'packages/server/test/config-file-values.test.ts: profiles',
      'packages/server/test/config-load.test.ts: secrets',
    ],
    [
      'Settings of similar servers are accepted with a notice',
      'packages/server/test/config-file-values.test.ts: names of similar servers',
    ],
    [
      'The configuration is read again while calls run',
      'packages/server/test/reload.db.test.ts: a reload',
      'packages/server/test/reload.db.test.ts: the watch over the files',
    ],
    ['A change of structure reaches subscribers', 'packages/server/test/resources.db.test.ts: a change of structure'],
    [
      'The role of the connection is checked for excess power',
      'packages/server/test/doctor.db.test.ts: pgmcp doctor on a role that may too much',
      'packages/server/test/tools.db.test.ts: warn of a superuser login in the log and in the list of databases',
    ],
    [
      'A failing connection is explained step by step',
      'packages/server/test/doctor.db.test.ts: pgmcp doctor on a connection',
      'packages/server/test/doctor-server.db.test.ts: says why a certificate is not trusted, and what to name',
    ],
    [
      'ask, query and schema on the command line, with exit codes',
      'packages/server/test/question-commands.db.test.ts: ends with %i when there is no answer',
      'e2e/commands.e2e.ts: pgmcp query prints rows as a table',
    ],
    [
      'Tool lists are portable: names, sizes, plain schemas, no database needed',
      'packages/server/test/listed-tools.test.ts: shows $name in a form that every client reads',
      'e2e/tool-list.e2e.ts: the list of tools of the toolsets "%s" costs at most %i tokens and needs no database',
      'e2e/inspector.e2e.ts: finds no portability error over %s',
    ],
    [
      'Injected instructions in cells, comments, names and errors stay data',
      'e2e/injection.e2e.ts: has been tried with every tool',
      'e2e/injection.e2e.ts: is named as data by $tool $args',
    ],
  ],
};
