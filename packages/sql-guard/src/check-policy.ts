import { GuardError } from './errors.ts';
import { type EnabledExtensions, enableExtensions, packNames } from './extension-packs.ts';
import { compileNamePatterns, type NamePatterns } from './name-patterns.ts';
import type { GuardLimits, GuardMode, GuardOptions, StatementOption } from './policy.ts';

/** The part of {@link GuardOptions} that decides; plain data, sent to a worker once. */
export type PolicyOptions = Omit<GuardOptions, 'engine' | 'workers' | 'threads' | 'catalog' | 'onEvent'>;

/** Options checked and made quick to ask; what the threads that judge need besides is made by them. */
export interface CheckedPolicy {
  readonly mode: GuardMode;
  readonly limits: Required<GuardLimits>;
  readonly serverVersionNum: number;
  readonly functions: { readonly allow: NamePatterns; readonly deny: NamePatterns };
  /** `restricted`: an allow list was given, be it empty. */
  readonly tables: {
    readonly allow: NamePatterns;
    readonly deny: NamePatterns;
    readonly foreign: NamePatterns;
    readonly restricted: boolean;
  };
  readonly searchPath: readonly string[];
  readonly catalogs: ReadonlySet<string>;
  readonly types: NamePatterns;
  readonly columns: { readonly deny: ReadonlySet<string>; readonly mask: ReadonlySet<string> };
  readonly attributes: ReadonlySet<string>;
  readonly operators: ReadonlySet<string>;
  readonly settings: ReadonlySet<string>;
  readonly extensions: EnabledExtensions;
  readonly statementOptions: ReadonlySet<StatementOption>;
  readonly deniedKinds: ReadonlySet<string>;
}

interface LimitRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

const limitRanges: Readonly<Record<keyof GuardLimits, LimitRange>> = {
  maxBytes: { default: 32_768, min: 1, max: 65_536 },
  maxNodes: { default: 60_000, min: 1, max: 60_000 },
  maxDepth: { default: 500, min: 1, max: 500 },
  maxParameters: { default: 100, min: 0, max: 100 },
  maxGeneratedSize: { default: 1_000_000, min: 0, max: 1_000_000_000 },
  killTimeoutMs: { default: 250, min: 10, max: 10_000 },
  maxQueue: { default: 256, min: 0, max: 100_000 },
  maxCachedVerdicts: { default: 500, min: 0, max: 100_000 },
};

const optionKeys: Readonly<Record<string, readonly string[] | undefined>> = {
  mode: undefined,
  functions: ['allow', 'deny', 'extensions'],
  tables: ['allow', 'deny', 'foreign'],
  searchPath: undefined,
  catalogs: ['allow'],
  columns: ['deny', 'mask'],
  statements: ['allow', 'deny'],
  types: ['allow'],
  attributes: ['allow'],
  operators: ['allow'],
  settings: ['allow'],
  limits: Object.keys(limitRanges),
  catalog: undefined,
  serverVersionNum: undefined,
  engine: undefined,
  workers: undefined,
  threads: undefined,
  onEvent: undefined,
};

const statementOptions: readonly StatementOption[] = [
  'select-into',
  'unfiltered-update',
  'unfiltered-delete',
  'truncate',
  'refresh-materialized-view',
  'nextval',
  'create-function',
  'create-trigger',
  'create-rule',
  'create-policy',
  'grant',
  'create-extension',
];
const deniableKinds = ['show', 'explain', 'insert', 'update', 'delete', 'merge'];

const invalid = (message: string): never => {
  throw new GuardError('INVALID_OPTIONS', message);
};

/** Options that nobody knows are errors, whoever takes them. */
export function checkKeys(value: unknown, known: readonly string[], where: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) invalid(`${where} must be an object.`);
  for (const key of Object.keys(value as object)) {
    if (!known.includes(key)) invalid(`${where} has no option "${key}". Known: ${known.join(', ')}.`);
  }
}

const listOrValue = (value: unknown): unknown => (Array.isArray(value) ? [...(value as readonly unknown[])] : value);

/**
 * Reads every option once, into objects of the guard's own. A thread gets a structured clone, which leaves out what is inherited or not
 * enumerable, and a caller may change its object later: a list of denied names that is lost on the way denies nothing.
 *
 * @throws {@link GuardError} `INVALID_OPTIONS` for a key that is unknown.
 */
export function ownOptions(given: GuardOptions): GuardOptions {
  checkKeys(given, Object.keys(optionKeys), 'createGuard');
  const own: Record<string, unknown> = {};
  for (const [name, known] of Object.entries(optionKeys)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) continue;
    if (known === undefined) own[name] = listOrValue(value);
    else {
      checkKeys(value, known, name);
      const part = value as Readonly<Record<string, unknown>>;
      own[name] = Object.fromEntries(known.map((key) => [key, listOrValue(part[key])]));
    }
  }
  return own;
}

function strings(value: unknown, option: string): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')) return value as string[];
  return invalid(`${option} must be a list of names.`);
}

function oneOf<Value extends string>(
  values: readonly string[],
  known: readonly Value[],
  option: string,
): ReadonlySet<Value> {
  for (const value of values) {
    if (!(known as readonly string[]).includes(value))
      invalid(`${option} has no "${String(value)}". Known: ${known.join(', ')}.`);
  }
  return new Set(values as readonly Value[]);
}

function columnNames(value: unknown, option: string): ReadonlySet<string> {
  const names = strings(value, option);
  for (const name of names) {
    if (name.split('.').length !== 3) invalid(`"${name}" in ${option} must be written as schema.table.column.`);
  }
  return new Set(names);
}

function integer(value: unknown, range: LimitRange, option: string): number {
  if (value === undefined) return range.default;
  if (typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max) return value;
  return invalid(`${option} must be an integer from ${range.min} to ${range.max}.`);
}

/** Checks options that are the guard's own, see {@link ownOptions}. Throws `INVALID_OPTIONS` with what to write instead. */
export function checkPolicy(options: GuardOptions): CheckedPolicy {
  const mode = options.mode === undefined ? 'read-only' : options.mode;
  oneOf([mode], ['read-only', 'standard', 'admin'], 'mode');
  const limits = options.limits ?? {};
  return {
    mode,
    limits: Object.fromEntries(
      Object.entries(limitRanges).map(([name, range]) => [
        name,
        integer(limits[name as keyof GuardLimits], range, `limits.${name}`),
      ]),
    ) as unknown as Required<GuardLimits>,
    serverVersionNum: integer(
      options.serverVersionNum,
      { default: 180_000, min: 90_000, max: 999_999 },
      'serverVersionNum',
    ),
    functions: {
      allow: compileNamePatterns(strings(options.functions?.allow, 'functions.allow'), 'functions.allow'),
      deny: compileNamePatterns(strings(options.functions?.deny, 'functions.deny'), 'functions.deny'),
    },
    tables: {
      allow: compileNamePatterns(strings(options.tables?.allow, 'tables.allow'), 'tables.allow'),
      deny: compileNamePatterns(strings(options.tables?.deny, 'tables.deny'), 'tables.deny'),
      foreign: compileNamePatterns(strings(options.tables?.foreign, 'tables.foreign'), 'tables.foreign'),
      restricted: options.tables?.allow !== undefined,
    },
    searchPath: options.searchPath === undefined ? ['public'] : strings(options.searchPath, 'searchPath'),
    catalogs: new Set(strings(options.catalogs?.allow, 'catalogs.allow')),
    types: compileNamePatterns(strings(options.types?.allow, 'types.allow'), 'types.allow'),
    columns: {
      deny: columnNames(options.columns?.deny, 'columns.deny'),
      mask: columnNames(options.columns?.mask, 'columns.mask'),
    },
    attributes: new Set(strings(options.attributes?.allow, 'attributes.allow')),
    operators: new Set(strings(options.operators?.allow, 'operators.allow')),
    settings: new Set(strings(options.settings?.allow, 'settings.allow').map((name) => name.toLowerCase())),
    extensions: enableExtensions([
      ...oneOf(strings(options.functions?.extensions, 'functions.extensions'), packNames, 'functions.extensions'),
    ]),
    statementOptions: oneOf(
      strings(options.statements?.allow, 'statements.allow'),
      statementOptions,
      'statements.allow',
    ),
    deniedKinds: oneOf(strings(options.statements?.deny, 'statements.deny'), deniableKinds, 'statements.deny'),
  };
}
