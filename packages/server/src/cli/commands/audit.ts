import { createReadStream } from 'node:fs';
import { auditCollection } from '../../audit/sinks.ts';
import { verifyAudit } from '../../audit/verify.ts';
import { PgmcpError } from '../../errors.ts';
import { redact } from '../../observe/index.ts';
import { createStorage } from '../../storage/index.ts';
import { defineCommand } from '../command.ts';

/** Most findings that are printed; a log that was rewritten has one per line. */
const MAX_PRINTED = 50;

/** `audit verify [FILE ...]`: walks the chain of the audit log. */
export const auditVerifyCommand = defineCommand({
  name: 'audit verify',
  argument: '[FILE ...]',
  words: { least: 0, most: 1_000 },
  needs: 'configuration',
  summary: 'Walk the audit log and say whether records were changed, removed, added or moved.',
  flags: {
    store: { description: 'The records of the store instead of those of the configured file.' },
  },
  exitCodes: { 3: 'something is wrong' },
  async run({ configuration, logger, words, flags, print }) {
    const { audit, store } = configuration;
    const files = words.length > 0 ? words : audit.file === undefined ? [] : [audit.file];
    if (flags.store === true && words.length > 0) throw wrong('Give files or --store, not both.');
    if (flags.store !== true && files.length === 0)
      throw wrong('There is no audit file: name one, or set PG_MCP_AUDIT_FILE, or ask for --store.');
    if (flags.store === true && store.place.kind === 'memory')
      throw wrong('The store keeps nothing beyond the process: set PG_MCP_STORE_URL or PG_MCP_STORE_DIRECTORY.');
    const storage = flags.store === true ? createStorage(store, logger) : undefined;
    try {
      const lines = storage === undefined ? linesOf(files) : recordsOf(auditCollection(storage));
      const report = await verifyAudit(lines, audit.key?.reveal());
      for (const { line, problem } of report.findings.slice(0, MAX_PRINTED)) print(`line ${line}: ${problem}\n`);
      const more = report.findings.length - MAX_PRINTED;
      if (more > 0) print(`and ${more} more\n`);
      if (report.torn.length > 0) print(`Lines cut off in writing, missed by no chain: ${report.torn.join(', ')}.\n`);
      print(`${report.records} records in ${report.chains} chains, ${report.findings.length} problems.\n`);
      if (report.begins !== undefined) print(`Begins after ${report.begins}\n`);
      if (report.ends !== undefined) print(`Ends with    ${report.ends}\n`);
      return report.findings.length === 0 ? 0 : 3;
    } finally {
      await storage?.close();
    }
  },
});

const wrong = (message: string) => new PgmcpError('VALIDATION_ERROR', message);

async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  const { createInterface } = await import('node:readline');
  for (const file of files) {
    try {
      yield* createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
    } catch (error) {
      const reason = redact(error instanceof Error ? error.message : String(error));
      throw wrong(`The audit log cannot be read: ${reason}. Correct the path.`);
    }
  }
}

async function* recordsOf(records: ReturnType<typeof auditCollection>): AsyncGenerator<string> {
  for await (const { data } of records.stream()) yield JSON.stringify(data);
}
