import { userInfo } from 'node:os';
import { type Example, exportExamples, importExamples, Nl2sqlError } from '@pgmcp/nl2sql';
import type { Call } from '../../call.ts';
import { readTextFile } from '../../config/read-text-file.ts';
import type { ConnectedDatabase } from '../../databases.ts';
import { PgmcpError } from '../../errors.ts';
import { type ExampleOwner, requireLasting, type StoredExample } from '../../questions/example-shelf.ts';
import { exampleOf, rememberAnswer } from '../../questions/remember-answer.ts';
import type { Services } from '../../services.ts';
import { defineCommand } from '../command.ts';

const shared = { shared: { description: 'Those that every caller may use, instead of your own.' } } as const;

const ownerOf = (flags: { readonly shared: boolean }): ExampleOwner => (flags.shared ? 'shared' : 'own');

/** `examples list`: what is remembered. */
export const examplesListCommand = defineCommand({
  name: 'examples list',
  argument: '',
  words: { least: 0, most: 0 },
  summary: 'List remembered answers, and which of them no longer bind.',
  needs: 'services',
  flags: shared,
  async run({ services, call, flags, database, print }) {
    const connected = lasting(services, database);
    for (const example of await services.examples.list(connected, call.caller, ownerOf(flags)))
      print(`${describe(example)}\n`);
    return 0;
  },
});

/** `examples add QUESTION SQL`: remembers an answer that a person verified. */
export const examplesAddCommand = defineCommand({
  name: 'examples add',
  argument: '"QUESTION" "SQL"',
  words: { least: 2, most: 2 },
  summary: 'Remember a statement as the verified answer to a question, after it was checked and explained.',
  needs: 'services',
  flags: shared,
  async run({ services, call, words: [question = '', sql = ''], flags, database, progress }) {
    const connected = lasting(services, database);
    const answer = { question, sql, verifiedBy: userInfo().username, owner: ownerOf(flags) };
    await rememberAnswer(services, call, connected, answer);
    progress('Remembered.');
    return 0;
  },
});

/** `examples remove QUESTION`. */
export const examplesRemoveCommand = defineCommand({
  name: 'examples remove',
  argument: '"QUESTION"',
  words: { least: 1, most: 1 },
  summary: 'Forget the remembered answer to a question.',
  needs: 'services',
  flags: shared,
  exitCodes: { 3: 'there was none' },
  async run({ services, call, words: [question = ''], flags, database }) {
    const connected = lasting(services, database);
    return (await services.examples.remove(connected, call.caller, ownerOf(flags), question)) ? 0 : 3;
  },
});

/** `examples export`: as a file that reads well in a review. */
export const examplesExportCommand = defineCommand({
  name: 'examples export',
  argument: '',
  words: { least: 0, most: 0 },
  summary: 'Print remembered answers as JSON for a review or another server.',
  needs: 'services',
  flags: shared,
  async run({ services, call, flags, database, print }) {
    const connected = lasting(services, database);
    const found = await services.examples.list(connected, call.caller, ownerOf(flags));
    print(exportExamples(found.map(({ quarantined: _, fingerprint: __, ...example }) => example)));
    return 0;
  },
});

/** `examples import FILE`: those that do not bind are kept, set aside with the reason. */
export const examplesImportCommand = defineCommand({
  name: 'examples import',
  argument: 'FILE',
  words: { least: 1, most: 1 },
  summary: 'Remember what examples export printed. Each statement is parsed, checked and explained.',
  needs: 'services',
  flags: shared,
  exitCodes: { 3: 'some do not bind and are set aside' },
  async run({ services, call, words: [path = ''], flags, database, progress }) {
    const connected = lasting(services, database);
    const examples = readExamples(path);
    for (const { question, sql, verifiedBy, savedAt } of examples) {
      const example = await exampleOf({ question, sql, verifiedBy, savedAt }, services.policies);
      await services.examples.save(connected, call.caller, ownerOf(flags), example);
    }
    progress(`${examples.length} imported.`);
    return recheck(services, call, connected, ownerOf(flags), progress);
  },
});

/** `examples check`: judges all of them anew. */
export const examplesCheckCommand = defineCommand({
  name: 'examples check',
  argument: '',
  words: { least: 0, most: 0 },
  summary: 'Check and explain every remembered answer; those that no longer bind are set aside, mended ones come back.',
  needs: 'services',
  flags: shared,
  exitCodes: { 3: 'some do not bind and are set aside' },
  async run({ services, call, flags, database, progress }) {
    return recheck(services, call, lasting(services, database), ownerOf(flags), progress);
  },
});

function lasting(services: Services, database: string | undefined): ConnectedDatabase {
  requireLasting(services.storage);
  return services.databases.resolve(database);
}

async function recheck(
  services: Services,
  call: Call,
  database: ConnectedDatabase,
  owner: ExampleOwner,
  progress: (line: string) => void,
): Promise<number> {
  const judged = await services.examples.recheck(database, call, owner);
  const aside = judged.filter(({ quarantined }) => quarantined !== undefined);
  for (const example of aside) progress(describe(example));
  progress(`${judged.length - aside.length} bind, ${aside.length} are set aside.`);
  return aside.length > 0 ? 3 : 0;
}

function readExamples(path: string): readonly Example[] {
  const read = readTextFile(path);
  if ('reason' in read)
    throw new PgmcpError('VALIDATION_ERROR', `The file of examples cannot be used: ${read.reason}.`);
  try {
    return importExamples(read.text);
  } catch (error) {
    if (!(error instanceof Nl2sqlError)) throw error;
    throw new PgmcpError('VALIDATION_ERROR', error.message);
  }
}

const describe = ({ question, sql, verifiedBy, quarantined }: StoredExample): string =>
  [
    `${quarantined === undefined ? '' : '[set aside] '}${question}${verifiedBy === undefined ? '' : ` (verified by ${verifiedBy})`}`,
    `    ${sql.replace(/\s+/g, ' ')}`,
    ...(quarantined === undefined ? [] : [`    ${quarantined}`]),
  ].join('\n');
