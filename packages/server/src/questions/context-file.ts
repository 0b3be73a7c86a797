import { type ContextPack, Nl2sqlError, readContextPack, type VerifiedPair } from '@pgmcp/nl2sql';
import { ConfigurationError } from '../config/configuration-error.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import { readTextFile } from '../config/read-text-file.ts';

/**
 * Reads what people know about a database: a YAML or JSON file with descriptions, synonyms, metrics, filters, joins,
 * instructions and verified pairs.
 *
 * @param others - verified pairs of another file, which must not say otherwise
 * @throws ConfigurationError naming the file and the place in it that is wrong
 */
export function readContextFile(path: string, others: readonly VerifiedPair[] = []): ContextPack {
  const read = readTextFile(path);
  const parsed = 'text' in read ? parseYaml(read.text) : read;
  if ('reason' in parsed) throw problem(path, `The context file is not usable: ${parsed.reason}.`);
  try {
    // An empty file is an empty context.
    const pack = readContextPack(parsed.value ?? {});
    readContextPack({ verified: [...others, ...(pack.verified ?? [])] });
    return pack;
  } catch (error) {
    if (!(error instanceof Nl2sqlError)) throw error;
    throw problem(path, error.message);
  }
}

function problem(path: string, message: string): ConfigurationError {
  return new ConfigurationError([{ key: 'context', source: path, message }]);
}
