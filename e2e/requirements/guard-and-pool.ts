import type { Requirements } from './requirement.ts';

/** What the guard refuses and lets through. */
export const GUARD: Requirements = {
  about: 'guard',
  requirements: [
    [
      'PostgreSQL’s own grammar decides, in a worker thread that is tested at its start and replaced when it misbehaves',
      'packages/sql-guard/test/faults.test.ts: a worker that misbehaves',
      'packages/sql-guard/test/faults.test.ts: the self-test',
    ],
    [
      'An error that is not the parser’s own syntax error refuses the text and discards the parser',
      'packages/sql-guard/test/faults.test.ts: refuses and loads a new instance after any exception that is not a syntax error',
    ],
    [
      'Several worker threads judge at once; a full queue answers as busy',
      'packages/sql-guard/test/worker.test.ts: judges in several threads at once',
      'packages/sql-guard/test/worker.test.ts: refuses as busy when the queue is full',
    ],
    [
      'Verdicts are cached by text and never cross contexts',
      'packages/sql-guard/test/policy.test.ts: a cached verdict',
    ],
    [
      'A portable entry without WebAssembly is only ever stricter',
      'packages/sql-guard/test/portable.test.ts: accepts nothing that the main entry refuses: mutations of both corpora',
      'packages/sql-guard/test/portable.test.ts: refuses every hostile statement, in every slot',
    ],
    [
      'A gate bounds length, encoding, depth and nodes before the grammar is asked',
      'packages/sql-guard/test/input-gate.test.ts: the input gate',
    ],
    [
      'Every node and field of the grammar is classified; an unknown one refuses',
      'packages/sql-guard/test/completeness.test.ts: the classification of the grammar',
      'packages/sql-guard/test/trees.test.ts: a tree that the parser should never print',
    ],
    [
      'Functions pass by a list made from the catalogs of PostgreSQL 14 to 18',
      'packages/sql-guard/test/builtins.db.test.ts: the lists of the connected major',
      'packages/sql-guard/test/differential.db.test.ts: every function of the connected server',
      '.github/workflows/ci.yml: postgres',
    ],
    [
      'Functions of users pass by explicit patterns, and only when they cannot do more than compute',
      'packages/sql-guard/test/policy.test.ts: of users pass by exact name, schema and prefix only',
      'packages/server/test/guard-catalog.db.test.ts: lets the operator allow plain functions by name, but none that runs as its owner',
    ],
    [
      'Functions of reviewed extensions pass as a pack that the policy names',
      'packages/sql-guard/test/extension-packs.db.test.ts: extensions that the policy names',
    ],
    [
      'Values that would be huge are refused by the size that the text asks for',
      'packages/sql-guard/test/sizes.test.ts: the size of a built value',
    ],
    [
      'Tables are allowed and denied, through views, partitions and copies',
      'packages/sql-guard/test/catalog.db.test.ts: a denied table stays denied through views, copies, partitions and parents',
      'packages/sql-guard/test/policy.test.ts: tables',
    ],
    [
      'Columns are denied or masked in every use that could reveal them; unsure is no',
      'packages/sql-guard/test/columns.test.ts: a masked column',
      'packages/sql-guard/test/columns.test.ts: a denied column',
    ],
    [
      'Casts, domains and operators that run code of users are refused',
      'packages/sql-guard/test/catalog.db.test.ts: types that run code of users are refused, wherever they hide',
    ],
    [
      'Modes open kinds of statements by data; some kinds are never open',
      'packages/sql-guard/test/modes.test.ts: never accepts what belongs to the caller, the server or its roles',
      'packages/sql-guard/test/statement-law.test.ts: the law of the modes',
      'packages/sql-guard/test/change-slots.test.ts: a place in a statement that changes the structure',
      'packages/sql-guard/test/completeness.test.ts: accepts in read-only mode none of the statements that change something',
    ],
    [
      'A verdict tells kinds, relations, functions, normalised text and fingerprint',
      'packages/sql-guard/test/modes.test.ts: says what is written, read and lost',
      'packages/sql-guard/test/normalized-text.test.ts: the normalised text',
      'packages/sql-guard/test/metamorphic.test.ts: a verdict',
    ],
    [
      'A refusal names node, reason, place and the option that would allow it',
      'packages/server/test/errors.test.ts: of the guard names the reason, the place and the option',
      'packages/sql-guard/test/policy.test.ts: positions',
    ],
    [
      'No text makes it throw',
      'packages/sql-guard/test/fuzz.test.ts: gets a verdict of the right shape, and never an exception',
    ],
    [
      'What it calls read-only leaves a real server exactly as it was',
      'packages/sql-guard/test/differential.db.test.ts: a statement that the guard calls read-only',
    ],
    [
      'At least 900 hostile statements in at least 40 classes are refused, in every wrapper',
      'packages/sql-guard/test/corpus.test.ts: holds at least 900 statements in at least 40 classes',
      'packages/sql-guard/test/corpus.test.ts: stays refused inside every accepted wrapper',
    ],
    [
      'Each forbidden call is refused in each of at least 120 syntactic slots',
      'packages/sql-guard/test/slots.test.ts: counts at least 120 for expressions',
      'packages/sql-guard/test/slots.test.ts: lets no hostile expression through',
      'packages/sql-guard/test/slots.test.ts: lets no hostile relation through',
    ],
    [
      'Honest statements pass: at least 600 of the own corpus',
      'packages/sql-guard/test/corpus.test.ts: holds at least 1,000 statements',
      'packages/sql-guard/test/slots.test.ts: lets honest expressions through',
    ],
    [
      'The hostile corpus is published with a runner that attacks servers of this machine only',
      'packages/server/test/attack-command.db.test.ts: pgmcp attack',
      'packages/server/test/attack-command.db.test.ts: attacks this machine only, unless one says that the server is ones own',
    ],
  ],
};

/** What the pool does with connections, and for whom. */
export const POOL: Requirements = {
  about: 'connections',
  requirements: [
    [
      'Several databases in one server',
      'packages/server/test/config-databases.test.ts: are several by JSON in the environment',
      'packages/server/test/tools-search.db.test.ts: search every database, and one that is down stops nobody',
      'packages/server/test/policy.db.test.ts: cost one thread, and each database is judged by its own',
      'e2e/bad-input.e2e.ts: ($why) is a clear error',
    ],
    [
      'The server starts while a database is down and uses it when it is back',
      'e2e/faults.e2e.ts: does not keep the server from starting, is named by the error, and is used again when it is back',
    ],
    [
      'TLS in every mode of libpq, with root and client certificates',
      'packages/pool/test/tls.db.test.ts: sslMode',
      'packages/pool/test/tls.db.test.ts: a client certificate logs in where the server asks for one',
    ],
    ['Log-in tied to the TLS connection', 'packages/pool/test/tls.db.test.ts: channel binding'],
    [
      'Odd characters in passwords, unix sockets, IPv6, several hosts in a URL',
      'packages/pool/test/url.test.ts: every text survives the way through a URL',
      'packages/pool/test/server.db.test.ts: works through a unix socket',
    ],
    [
      'Password files, and passwords that are asked for anew for each connection',
      'packages/pool/test/password-file.test.ts: a password file',
      'packages/pool/test/lending.db.test.ts: a password provider is asked for every new connection',
    ],
    [
      'Several hosts with target_session_attrs, and failover',
      'packages/pool/test/hosts.db.test.ts: targetSessionAttrs %s takes the host of that kind, wherever it stands in the list',
      'packages/pool/test/hosts.db.test.ts: after a failover the pool finds the new primary by itself',
    ],
    [
      'Replicas by health and lag; a caller sees its own writes',
      'packages/pool/test/replicas.db.test.ts: a read',
      'e2e/examples.e2e.ts: the example %s prints what its folder says',
    ],
    [
      'PgBouncer in transaction mode',
      'packages/pool/test/pooler.db.test.ts: lets many clients share one server connection, each with its own settings',
      'packages/pool/test/pooler.db.test.ts: passes a cancel on to the server',
    ],
    [
      'Waiting for a connection is bounded, and says when to come back',
      'packages/pool/test/lending.db.test.ts: when all connections are in use a call waits for a bounded time, then BUSY says when to come back',
    ],
    [
      'Nothing of a call is left for the next borrower',
      'packages/pool/test/isolation.db.test.ts: after a call in $path the next borrower finds nothing of it',
    ],
    [
      'statement_timeout, lock_timeout and idle_in_transaction_session_timeout hold by default',
      'packages/pool/test/read.db.test.ts: passes 57014 of statement_timeout through, and the next call works',
      'packages/pool/test/lock-timeout.db.test.ts: ends with 55P03 long before the statement timeout, whether it reads or writes',
      'packages/pool/test/flight.db.test.ts: has timeouts of its own for its transaction only, alone and with other settings',
      'packages/pool/test/lending.db.test.ts: a transaction that rests behind a dead network is ended from this side',
    ],
    [
      'Cancelling reaches the server and never another call',
      'packages/pool/test/cancel.db.test.ts: never stops the statement of the next borrower: 200 aborts at random moments',
    ],
    [
      'Row and byte caps hold while rows are read; a huge cell does not kill the process',
      'packages/pool/test/read.db.test.ts: refuses a cell that would kill the process inside the driver, in flat memory',
      'packages/pool/test/stream.db.test.ts: 300,000 rows of 1 kB are read in flat memory',
    ],
    ['A read cannot write, and ends in ROLLBACK', 'packages/pool/test/read.db.test.ts: cannot be made to write: %s'],
    [
      'Connect-phase errors and reads are tried again, writes never',
      'packages/pool/test/server.db.test.ts: is found as soon as it comes, by the call that waits',
      'packages/server/test/lost-commit.db.test.ts: reports a commit that never arrived as not written, and does not run it again',
    ],
    [
      'LISTEN on a connection of its own with heartbeat and reconnect',
      'packages/pool/test/listen.db.test.ts: a lost connection is replaced, every channel is listened to again, and events say so',
      'packages/pool/test/listen.db.test.ts: a connection that died silently is found by the heartbeat',
    ],
    [
      'Databases are added, replaced and removed while calls run',
      'packages/pool/test/reload.db.test.ts: a call under way ends on what it started with, while new calls use the new settings',
    ],
    [
      'Killed, paused, restarted, full and promoted servers: every call settles, and the pool recovers',
      'packages/pool/test/faults.db.test.ts: survives: $name',
      'packages/pool/test/packets.db.test.ts: of the whole server: calls end in time and say so, and after healing the next one works',
      'packages/pool/test/disk-full.db.test.ts: under many callers no call hangs, no backend stays, and all is well once there is room',
    ],
    [
      'Row-level security by caller holds against the author of the SQL',
      'packages/pool/test/identity.db.test.ts: hold against every attack of the self-test',
      'packages/pool/test/identity.db.test.ts: a token is refused',
      'packages/server/test/caller-sessions.db.test.ts: see the rows of their own tenant and no others',
    ],
    [
      'A self-test at the start fails closed',
      'packages/pool/test/identity.db.test.ts: the self-test fails closed on a database that is',
      'packages/server/test/caller-sessions.db.test.ts: are refused from the moment a schema change takes the protection of a table away',
    ],
    [
      'One login, a role per caller',
      'packages/server/test/role-sessions.db.test.ts: see the rows of their own role, one after the other on the same connection',
    ],
    [
      'Two tenants over one connection, with errors in between, never see each other’s rows',
      'packages/pool/test/tenants.db.test.ts: with errors and disturbances between them: nobody ever sees a row of the other',
      'e2e/replicas-share.e2e.ts: is never a row: two tenants, a thousand calls each, aborts, errors, a drain and a kill',
    ],
  ],
};
