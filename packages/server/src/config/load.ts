import { checkDatabases } from './check-databases.ts';
import { chooseModel, genericKeyVariable } from './choose-model.ts';
import type { Configuration } from './configuration.ts';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';
import { chooseDatabases } from './databases.ts';
import { listEntries } from './describe.ts';
import { describeValue } from './describe-value.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { readConfigurationFile } from './file.ts';
import { type Flags, readFlags } from './flags.ts';
import { resolveSection } from './resolve-section.ts';
import { allSettings, type Settings, settingsSchema } from './schema.ts';
import { overlay, type Section, type Written } from './source.ts';

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
  const fromFile =
    file === undefined
      ? { sections: new Map<string, Section>(), databases: [] }
      : readConfigurationFile(file, problems);
  const fromEnvironment = readEnvironment(environment, problems);
  const fromFlags = readFlags(flags, problems);
  const chosen = chooseDatabases(
    environment,
    fromEnvironment.get('databases') ?? new Map(),
    fromFile.databases,
    problems,
  );
  const databases = chosen.databases.map((database) => resolveSection('databases', database, problems));
  const sections = new Map(
    sectionNames.map((name) => {
      const layers = [fromFile.sections, fromEnvironment, fromFlags].map(
        (layer) => layer.get(name) ?? new Map<string, Written>(),
      );
      return [name, resolveSection(name, overlay(layers), problems)];
    }),
  );
  const settings = parseSettings(sections, databases, problems);
  const configuration =
    settings && build(settings, { sections, databases, environment, notices: chosen.notices }, problems);
  if (configuration === undefined || problems.length > 0) throw new ConfigurationError(problems, chosen.notices);
  return configuration;
}

const values = (section: Section | undefined) =>
  Object.fromEntries([...(section ?? [])].map(([name, { value }]) => [name, value]));

function parseSettings(
  sections: ReadonlyMap<string, Section>,
  databases: readonly Section[],
  problems: ConfigurationProblem[],
): Settings | undefined {
  const {
    openai,
    ['openai.azure']: azure,
    ...others
  } = Object.fromEntries([...sections].map(([name, section]) => [name, values(section)]));
  const parsed = settingsSchema.safeParse({
    ...others,
    openai: { ...openai, azure },
    databases: databases.map((database) => values(database)),
  });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const name = String(issue.path.at(-1));
    const [first, index] = issue.path;
    const section = first === 'databases' ? 'databases' : issue.path.slice(0, -1).join('.');
    const written = (first === 'databases' ? databases[Number(index)] : sections.get(section))?.get(name);
    const setting = allSettings.find((candidate) => candidate.section === section && candidate.name === name);
    const cure =
      issue.code === 'custom' && typeof issue.params?.['cure'] === 'string' ? ` ${issue.params['cure']}` : '';
    problems.push({
      key: written?.source.key ?? `${section}.${name}`,
      source: written?.source.place ?? 'default',
      message: `It must be ${issue.message}, but it is ${describeValue(written?.value, setting === undefined || setting.secret === true)}.${cure}`,
    });
  }
  return undefined;
}

interface Context {
  readonly sections: ReadonlyMap<string, Section>;
  readonly databases: readonly Section[];
  readonly environment: Environment;
  readonly notices: readonly string[];
}

function build(settings: Settings, context: Context, problems: ConfigurationProblem[]): Configuration | undefined {
  const { sections } = context;
  const sourceOf = (section: string, name: string) =>
    sections.get(section)?.get(name)?.source ?? { key: `${section}.${name}`, place: 'default' };
  const openaiSource = (name: string) =>
    name.startsWith('azure.') ? sourceOf('openai.azure', name.slice('azure.'.length)) : sourceOf('openai', name);
  const databases = checkDatabases(
    settings.databases,
    context.databases,
    { environment: context.environment, statementTimeoutMs: settings.server.queryTimeout },
    problems,
  );
  const openai = chooseModel(settings.openai, context.environment, openaiSource, problems);
  const { useReadonlyTransactions, cacheRefreshInterval, queryTimeout, ...server } = settings.server;
  if (!useReadonlyTransactions) {
    const { key, place } = sourceOf('server', 'useReadonlyTransactions');
    const message =
      'Writing is not available yet: every statement runs in a READ ONLY transaction. Remove the key or set it to true.';
    problems.push({ key, source: place, message });
    return undefined;
  }
  const { allowedHosts = [], allowedOrigins = [] } = settings.http;
  const { allowedFunctions = [], maxGeneratedSize } = settings.security;
  const isGenericKey = openai?.apiKey !== undefined && settings.openai.apiKey === undefined;
  const keyNotice = isGenericKey ? [`The key of the model is taken from ${genericKeyVariable}.`] : [];
  return {
    databases,
    ...(openai === undefined ? {} : { openai }),
    server: {
      ...server,
      useReadonlyTransactions,
      cacheRefreshIntervalMs: cacheRefreshInterval,
      queryTimeoutMs: queryTimeout,
    },
    rateLimit: settings.rateLimit,
    security: { allowedFunctions, maxGeneratedSize },
    http: { ...settings.http, allowedHosts, allowedOrigins },
    entries: listEntries(sections, context.databases),
    notices: [...context.notices, ...keyNotice],
  };
}
