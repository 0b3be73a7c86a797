import { resolve } from 'node:path';
import { readAliases } from './aliases.ts';
import { checkDatabases } from './check-databases.ts';
import { sharedRoleProblem } from './check-store.ts';
import type { Configuration } from './configuration.ts';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';
import { chooseDatabases, namesDatabase } from './databases.ts';
import { listEntries } from './describe.ts';
import { readEnvironment } from './environment.ts';
import { readConfigurationFile } from './file.ts';
import { type Flags, readFlags } from './flags.ts';
import { parseValues } from './parse-values.ts';
import { resolveSection } from './resolve-section.ts';
import { resolveSections } from './resolve-sections.ts';
import { allSettings } from './schema.ts';
import type { DatabaseConfiguration } from './sections/databases.ts';
import { type Environment, overlay, profileVariable, type Section, type Written } from './source.ts';

/** Where the configuration is read from. */
export interface ConfigurationSources {
  /** Usually `process.env`. */
  readonly environment: Environment;
  /** The path of a YAML or JSON file. */
  readonly file?: string | undefined;
  /** Command line flags by name without dashes. */
  readonly flags?: Flags | undefined;
}

const sectionNames = [...new Set(allSettings.map(({ section }) => section))].filter((name) => name !== 'databases');

/**
 * Reads, joins and checks the configuration: flags before environment before file before defaults. Touches nothing but
 * the configuration file, the files of secrets and of verified queries, and the existence of the other files that are named.
 *
 * @throws ConfigurationError with every problem: its key, its place, and its cure; never a secret
 */
export function loadConfiguration({ environment, file, flags = {} }: ConfigurationSources): Configuration {
  const problems: ConfigurationProblem[] = [];
  const files = new Set<string>(file === undefined ? [] : [resolve(file)]);
  const fromFile =
    file === undefined
      ? { sections: new Map<string, Section>(), databases: [] }
      : readConfigurationFile(file, environment, problems);
  const fromEnvironment = readEnvironment(environment, problems);
  const fromFlags = readFlags(flags, problems);
  if (file === undefined && environment[profileVariable]) {
    const message =
      'A profile stands in a configuration file, and there is none. Give one with --config, or remove this.';
    problems.push({ key: profileVariable, source: 'environment', message });
  }
  const ofEnvironment = fromEnvironment.get('databases') ?? new Map<string, Written>();
  const aliases = readAliases(environment, !namesDatabase(environment, ofEnvironment, fromFile.databases));
  const single = overlay([aliases.location, ofEnvironment]);
  const chosen = chooseDatabases(environment, single, fromFile.databases, problems);
  const notices = [...chosen.notices, ...aliases.notices];
  const belowAll = aliases.sections.get('databases') ?? new Map<string, Written>();
  const databases = chosen.databases.map((database) =>
    resolveSection('databases', overlay([belowAll, database]), problems, files),
  );
  const sections = new Map(
    sectionNames.map((name) => {
      const layers = [aliases.sections, fromFile.sections, fromEnvironment, fromFlags].map(
        (layer) => layer.get(name) ?? new Map<string, Written>(),
      );
      return [name, resolveSection(name, overlay(layers), problems, files)];
    }),
  );
  const settings = parseValues(sections, databases, problems);
  if (settings === undefined) throw new ConfigurationError(problems, notices);
  const resolved = resolveSections(settings.sections, sections, environment, { problems, notices });
  const statementTimeoutMs = resolved.server.queryTimeoutMs;
  const checked = checkDatabases(settings.databases, databases, { environment, statementTimeoutMs }, problems);
  const sharedRole = sharedRoleProblem(resolved.store, checked, environment);
  if (sharedRole !== undefined) {
    const source = sections.get('store')?.get('url')?.source;
    problems.push({ key: source?.key ?? 'store.url', source: source?.place ?? 'default', message: sharedRole });
  }
  if (resolved.audit.store && resolved.store.place.kind === 'memory') {
    const source = sections.get('audit')?.get('store')?.source;
    const message =
      'The store keeps nothing beyond the process: set PG_MCP_STORE_URL or PG_MCP_STORE_DIRECTORY, or use the file of the audit.';
    problems.push({ key: source?.key ?? 'audit.store', source: source?.place ?? 'default', message });
  }
  const modes = checked.map(({ security }) => security?.mode ?? resolved.security.mode);
  const contradiction = readonlyContradiction(resolved.server.useReadonlyTransactions, modes);
  if (contradiction !== undefined) {
    const source = sections.get('server')?.get('useReadonlyTransactions')?.source;
    const key = source?.key ?? 'server.useReadonlyTransactions';
    problems.push({ key, source: source?.place ?? 'default', message: contradiction });
  }
  if (problems.length > 0) throw new ConfigurationError(problems, notices);
  return {
    ...resolved,
    databases: checked,
    entries: listEntries(sections, databases),
    notices,
    files: [...files, ...filesOf(checked)],
  };
}

/** `useReadonlyTransactions` decides nothing: it says what the operator expects, and a mode that is otherwise must not start. */
function readonlyContradiction(expected: boolean | undefined, modes: readonly string[]): string | undefined {
  const writes = modes.some((mode) => mode !== 'read-only');
  if (expected === true && writes) {
    return 'A mode that writes is configured as well. Remove this key, or set PG_MCP_SECURITY_MODE to read-only.';
  }
  if (expected === false && !writes) {
    return 'Writing needs a mode as well: set PG_MCP_SECURITY_MODE to standard or admin, or remove this key.';
  }
  return undefined;
}

/** Files that databases name and that are read when they are put together. */
const filesOf = (databases: readonly DatabaseConfiguration[]): readonly string[] =>
  databases.flatMap(({ verifiedQueries, context }) => [verifiedQueries, context].filter((path) => path !== undefined));
