import type { Requirements } from './requirement.ts';

/** What is read of the structure of a database, and which part of it a question gets. */
export const STRUCTURE: Requirements = {
  about: 'structure',
  requirements: [
    [
      'The whole catalog in one round trip, whatever its size',
      'packages/schema-introspect/test/introspect.db.test.ts: needs one round trip, whatever the number of tables and partitions',
    ],
    [
      'Tables of every kind, composite keys in order, enums, domains, comments, row security, functions, triggers',
      'packages/schema-introspect/test/render-ddl.db.test.ts: writes SQL that builds the same tables again',
      'packages/schema-introspect/test/introspect.db.test.ts: introspect on a server',
      'e2e/surface.e2e.ts: describes tables with types, keys, enum labels and comments',
    ],
    [
      'Foreign tables and materialised views',
      'packages/schema-introspect/test/introspect.db.test.ts: reads foreign tables with their server, and objects of extensions with the extension',
      'packages/schema-introspect/test/introspect.db.test.ts: introspect on a server',
    ],
    [
      'Partitions are folded under their parent',
      'packages/schema-introspect/test/render-compact.test.ts: folds the partitions of a table',
      'e2e/surface.e2e.ts: lists tables, filtered by pattern, with partitions folded',
    ],
    [
      'Row estimates and sizes',
      'packages/schema-introspect/test/introspect.db.test.ts: estimates rows and bytes from the statistics, over the partitions of a table too',
    ],
    [
      'What the role may not read is marked and hides nothing else',
      'packages/schema-introspect/test/introspect.db.test.ts: marks what the role may not read and still reads all the rest',
    ],
    [
      'Names are quoted exactly where PostgreSQL needs it',
      'packages/schema-introspect/test/quote-identifier.db.test.ts: quotes exactly where quote_ident of the server does, for every key word and odd name',
    ],
    [
      'PostgreSQL 14 to 18, and PGlite',
      '.github/workflows/ci.yml: postgres',
      'packages/schema-introspect/test/introspect-pglite.test.ts: introspect on PGlite',
    ],
    [
      'A fingerprint changes with DDL and not with data',
      'packages/schema-introspect/test/fingerprint.db.test.ts: changes with: %s',
      'packages/schema-introspect/test/fingerprint.db.test.ts: stays with: %s',
    ],
    [
      'Readers see a whole old or a whole new catalog; a failed refresh keeps the old one and says its age',
      'packages/schema-introspect/test/cache.test.ts: createCatalogCache',
    ],
    [
      'DDL is announced and followed at once where permitted',
      'packages/schema-introspect/test/watch.db.test.ts: lets a cache follow DDL, and not what is temporary or data',
      'packages/server/test/schema-notifications.db.test.ts: knows a new table moments after it was created, without being asked',
    ],
    ['Two catalogs are compared fact by fact', 'packages/schema-introspect/test/diff.test.ts: diffCatalogs'],
    [
      'Search by pattern and by words',
      'packages/schema-introspect/test/search.test.ts: searchCatalog by pattern',
      'packages/schema-introspect/test/search.test.ts: searchCatalog by words',
    ],
    [
      'Levels of detail, and a summary of big schemas',
      'packages/server/test/tools-context.db.test.ts: takes three levels of detail',
      'packages/server/test/tools.db.test.ts: read a catalog that is larger than any result may be',
    ],
    [
      'The slice for a question: ranked with reasons, joined by keys, within a token budget, naming what was left out',
      'packages/schema-introspect/test/select-slice.test.ts: selectSlice',
      'packages/schema-introspect/test/select-slice.test.ts: rankTables',
      'packages/schema-introspect/test/any-text.test.ts: never overruns the budget, never loses a table, never throws',
    ],
    [
      'Compact text, DDL, M-Schema, Mermaid and JSON',
      'packages/schema-introspect/test/render-formats.test.ts: renderMermaid',
      'packages/schema-introspect/test/render-formats.test.ts: renderMSchema',
      'packages/schema-introspect/test/render-compact.test.ts: renderCompact',
      'e2e/commands.e2e.ts: pgmcp schema gives the structure as %s',
    ],
    [
      'Stored values that a question names, only where that is allowed',
      'packages/schema-introspect/test/value-hints.test.ts: findValueHints',
      'packages/schema-introspect/test/search-values.db.test.ts: searchValues',
    ],
  ],
};

/** What happens between a question and an answer. */
export const QUESTIONS: Requirements = {
  about: 'questions',
  requirements: [
    [
      'Every end of a question is a typed outcome; a failure is never called a clarification',
      'packages/nl2sql/test/ask.test.ts: fails as an invalid reply, not as a clarification, when the model never writes SQL',
      'packages/nl2sql/test/ask.test.ts: comes back as a clarification or as unanswerable when the model says so',
    ],
    [
      'SQL is found in whatever a model writes; several statements and cut replies are never used',
      'packages/nl2sql/test/reply.test.ts: readReply finds the one statement',
      'packages/nl2sql/test/reply.test.ts: readReply does not use',
    ],
    [
      'Names are resolved against the catalog before the database is asked',
      'packages/nl2sql/test/resolve.test.ts: resolveNames finds',
      'packages/nl2sql/test/static-gate.test.ts: before the database is asked',
    ],
    [
      'Statements that fail are repaired by rule, each repair recorded, and running ones never changed',
      'packages/nl2sql/test/repair.db.test.ts: a failing statement is repaired by rule, without another call, when',
      'packages/nl2sql/test/repair.db.test.ts: a statement that runs is never changed',
    ],
    [
      'The model is told SQLSTATE, place, hint and nearest columns, and stops on repetition',
      'packages/nl2sql/test/ask.test.ts: is answered after a repair round that was told statement, SQLSTATE, place and hint',
      'packages/nl2sql/test/feedback.test.ts: suggestColumns',
      'packages/nl2sql/test/ask.test.ts: stops when the model repeats a statement in another layout',
    ],
    [
      'A statement that timed out is never tried again',
      'packages/nl2sql/test/ask.test.ts: is never tried again after a timeout',
    ],
    [
      'Results are looked at for what makes them implausible; confidence comes with reasons',
      'packages/nl2sql/test/inspect-result.test.ts: a result is doubted when',
      'packages/nl2sql/test/inspect-result.test.ts: confidence',
      'packages/nl2sql/test/limit-ties.db.test.ts: %s leaves out a row that ties with its last one',
    ],
    [
      'Doubtful answers can be voted on',
      'packages/nl2sql/test/vote.test.ts: a doubtful answer',
      'packages/server/test/questions.db.test.ts: is voted on when something speaks against the first statement',
    ],
    [
      'A question with several readings is put to the person, or answered with the assumption stated',
      'packages/server/test/questions.db.test.ts: is put to the person behind the client, and answered by the reading that was chosen',
      'packages/server/test/questions.db.test.ts: is answered by the most likely reading where that is configured',
    ],
    [
      'A question that the database cannot answer gets what is missing and the nearest columns',
      'packages/nl2sql/test/answerability.test.ts: names the words that nothing is called and the nearest columns',
      'packages/server/test/tools-query.db.test.ts: say that the database does not hold what is asked',
    ],
    [
      'Confirmed answers are remembered, with other values put in, apart for each tenant, set aside when they no longer bind',
      'packages/nl2sql/test/memory.test.ts: examples',
      'packages/nl2sql/test/remembered.test.ts: a remembered answer',
      'packages/server/test/examples-of-callers.db.test.ts: are seen by the callers of their tenant, by nobody else, and shared ones by all',
      'packages/server/test/question-commands.db.test.ts: are set aside when their question comes after the structure changed',
    ],
    [
      'A context file gives descriptions, synonyms, metrics, filters, joins and instructions',
      'packages/nl2sql/test/context.test.ts: a context file',
      'packages/server/test/questions.db.test.ts: a context file',
    ],
    [
      'Structured output where the provider has it, without where it has not; retries, timeouts, abort',
      'packages/nl2sql/test/openai.test.ts: an endpoint that lacks an ability',
      'packages/nl2sql/test/openai.test.ts: a fault of the endpoint',
      'packages/nl2sql/test/openai.test.ts: a cancelled call',
    ],
    [
      'Keys of a model show nowhere',
      'packages/nl2sql/test/openai.test.ts: keeps the key %s out of everything, however the endpoint echoes it',
      'e2e/question.e2e.ts: rejects a wrong key with words that do not repeat it',
    ],
    [
      'Text of the database cannot close its fence in a prompt',
      'packages/nl2sql/test/hostile-text.test.ts: cannot close its fence',
      'packages/server/test/hostile-prompt.db.test.ts: whoever has learned the word of the fence cannot close it either',
    ],
    [
      'A model that obeys an injected order still meets the guard',
      'packages/server/test/hostile-prompt.db.test.ts: a model that obeys still meets the guard',
    ],
    [
      'Answers are measured: offline, by replay, live, and against an earlier run',
      'packages/server/test/eval-command.db.test.ts: eval',
      'packages/nl2sql/test/eval.test.ts: pairedBootstrap',
    ],
    [
      'Progress per stage',
      'packages/nl2sql/test/ask.test.ts: reports every stage in order, and an observer that throws changes nothing',
      'packages/server/test/tools-query.db.test.ts: tell a client that asked how far a question is',
    ],
  ],
};
