import { builtins } from '../builtins.ts';
import { standingOf } from '../functions/standing.ts';
import { writesLongNumber } from '../inspect/long-numbers.ts';
import { checkRelation } from '../inspect/relation.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { type CteScope, isCteName } from '../scope.ts';
import { type Fields, isFields, listOf, textOf } from '../tree.ts';
import {
  joinTypes,
  type PortableField,
  portableNodes,
  portableParts,
  typeWords,
  valueKeywords,
  wordOperators,
} from './nodes.ts';
import { maxRepetition, repetitionOf } from './repetition.ts';

/** Functions whose result grows with a number or a text: the main entry measures them, this one refuses them. */
const growing: ReadonlySet<string> = new Set(
  `repeat lpad rpad array_fill generate_series generate_subscripts format string_to_array string_to_table set_bit factorial encode quote_literal quote_nullable
   quote_ident to_json to_jsonb json_build_array json_build_object jsonb_build_array jsonb_build_object array_to_json row_to_json json_object xmltext replace regexp_replace
   polygon power pow numeric_power bpchar bit`.split(/\s+/),
);

const needsMeasuring = (name: string): boolean =>
  growing.has(name) || name === 'current_setting' || /^x(?:ml|path)/.test(name);

/** XML needs the main entry, which looks for entities. */
const isPlainType = (name: string, major: number): boolean =>
  name !== 'xml' && builtins.elementOf(name) === name && builtins.hasType(name, major);

/** Calls that put values together as `||` does. */
const joining: ReadonlySet<string> = new Set(['concat', 'concat_ws', 'array_cat', 'textcat']);
/** In a chain of queries each of these may double a value: 20 of them make a megabyte of one character. */
const maxJoins = 20;
/** Calls in FROM, each of which may read the ones before it and double what they give. */
const maxScans = 8;

/** How often a query puts values together. */
interface Growth {
  recursive: boolean;
  calls: number;
  chained: boolean;
  joins: number;
  scans: number;
}

function noteQuery(growth: Growth, type: string): void {
  growth.chained ||= type === 'with' || type === 'statement';
  growth.recursive ||= type === 'with recursive';
}

const growsTooLong = ({ recursive, chained, joins, calls, scans }: Growth): boolean =>
  (recursive && joins + calls > 0) || (chained && joins > maxJoins) || scans > maxScans;

const maxNameBytes = 63;

interface Visit {
  readonly value: unknown;
  readonly kind: PortableField;
  readonly scope: CteScope | undefined;
}

const nameOf = (value: unknown): string => (isFields(value) ? (textOf(value['name']) ?? '') : '');
const schemaOf = (value: unknown): string | undefined => (isFields(value) ? textOf(value['schema']) : undefined);

/** Walks a query of pgsql-ast-parser: every node type and field must be on the list, and every name on the lists of the main entry. */
export function walkPortable(root: unknown, judgement: Judgement): void {
  const stack: Visit[] = [{ value: root, kind: 'node', scope: undefined }];
  let functionScan = false;
  let qualified = false;
  const growth: Growth = { recursive: false, chained: false, joins: 0, calls: 0, scans: 0 };

  const deny = (node: string, message: string, name?: string) =>
    refuse(judgement, { code: 'node', node, message, location: 0, ...(name === undefined ? {} : { name }) });

  function checkName(name: string): void {
    if (new TextEncoder().encode(name).length > maxNameBytes)
      deny('name', 'A name is longer than the 63 bytes that PostgreSQL keeps');
  }

  function visitNode(node: Fields, scope: CteScope | undefined): void {
    const type = textOf(node['type']) ?? '';
    const fields = Object.hasOwn(portableNodes, type) ? portableNodes[type] : undefined;
    if (!fields) {
      deny(type || 'unknown', `The portable guard has no ${type || 'such node'}`);
      return;
    }
    judgeNode(type, node, scope);
    let inner = scope;
    if (type === 'with') inner = pushBindings(node, scope);
    noteQuery(growth, type);
    if (type === 'with recursive') inner = { name: nameOf(node['alias']), outer: scope };
    for (const key in node) {
      if (key === 'type' || node[key] === undefined || node[key] === null) continue;
      const kind = fields[key];
      if (kind === undefined) deny(`${type}.${key}`, `The portable guard has no ${type}.${key}`);
      else if (kind === 'type') checkType(node[key]);
      else if (!(type === 'with' && key === 'bind')) stack.push({ value: node[key], kind, scope: inner });
    }
  }

  /** The members of WITH, each with the ones before it in scope. */
  function pushBindings(node: Fields, scope: CteScope | undefined): CteScope | undefined {
    let inner = scope;
    for (const binding of listOf(node['bind'])) {
      if (!isFields(binding) || Object.keys(binding).some((key) => key !== 'alias' && key !== 'statement')) {
        deny('with.bind', 'The portable guard has no such part of WITH');
        continue;
      }
      stack.push({ value: binding['statement'], kind: 'node', scope: inner });
      inner = { name: nameOf(binding['alias']), outer: inner };
    }
    return inner;
  }

  function judgeNode(type: string, node: Fields, scope: CteScope | undefined): void {
    switch (type) {
      case 'table': {
        const schema = schemaOf(node['name']);
        const name = nameOf(node['name']);
        checkName(name);
        if (schema === undefined && isCteName(scope, name)) return;
        judgement.relations.push({ schema, name, access: 'read', location: 0 });
        checkRelation(judgement, schema, name, 'read', 0);
        return;
      }
      case 'call':
        judgeCall(node);
        return;
      case 'binary':
      case 'unary':
      case 'ternary':
        judgeOperator(node);
        return;
      case 'select': {
        const calls = listOf(node['from']).filter((item) => !isFields(item) || item['type'] === 'call').length;
        growth.scans += calls;
        functionScan ||= calls > 0;
        return;
      }
      case 'array':
      case 'list':
        growth.calls += 1;
        return;
      case 'string':
      case 'numeric':
      case 'constant':
        if (writesLongNumber(node['value'])) deny(type, 'A number of very many digits needs the main entry');
        return;
      case 'keyword':
        if (!valueKeywords.has(String(node['keyword'])))
          deny('keyword', 'The portable guard has no such word', String(node['keyword']));
        return;
      case 'parameter':
        judgeParameter(String(node['name']));
        return;
      case 'ref':
        qualified ||= node['table'] !== undefined;
        return;
      default:
    }
  }

  function judgeCall(node: Fields): void {
    const schema = schemaOf(node['function']);
    const name = nameOf(node['function']);
    checkName(name);
    growth.joins += Number(joining.has(name));
    growth.calls += 1;
    const standing = standingOf(judgement, schema, name);
    if (!standing.allowed)
      refuse(judgement, {
        code: standing.code,
        node: 'call',
        name,
        message: standing.reason,
        location: 0,
        ...(standing.option ? { option: standing.option } : {}),
      });
    else if (needsMeasuring(name)) deny('call', `${name} needs the main entry, which measures what it builds`, name);
  }

  function judgeOperator(node: Fields): void {
    const symbol = String(node['op']);
    growth.joins += Number(symbol === '||');
    if (symbol === '^') deny('operator', 'A power needs the main entry, which measures it', symbol);
    if (node['opSchema'] !== undefined && node['opSchema'] !== null && node['opSchema'] !== 'pg_catalog')
      deny('operator', 'The operator is not in pg_catalog', symbol);
    if (!wordOperators.has(symbol) && !builtins.hasOperator(symbol, judgement.major))
      deny('operator', `Operator ${symbol} is not PostgreSQL's own`, symbol);
  }

  function judgeParameter(name: string): void {
    const number = name.startsWith('$') ? Number(name.slice(1)) : Number.NaN;
    if (Number.isInteger(number)) judgement.parameters.add(number);
    else deny('parameter', 'A parameter is written as $1', name);
  }

  function checkType(value: unknown): void {
    let type = value;
    while (isFields(type) && type['kind'] === 'array') {
      if (Object.keys(type).some((key) => key !== 'kind' && key !== 'arrayOf'))
        deny('type', 'The portable guard has no such type');
      type = type['arrayOf'];
    }
    const name = nameOf(type);
    const schema = schemaOf(type);
    const known =
      isFields(type) &&
      Object.keys(type).every((key) => ['name', 'schema', 'config', 'doubleQuoted', 'kind'].includes(key));
    const listed =
      isPlainType(name, judgement.major) || (typeWords.has(name) && isFields(type) && type['doubleQuoted'] !== true);
    // A length pads a value: only the main entry measures it.
    const padded =
      isFields(type) &&
      type['config'] !== undefined &&
      !['varchar', 'numeric', 'decimal', 'character varying'].includes(name);
    if (!known || !listed || padded || (schema !== undefined && schema !== 'pg_catalog')) {
      refuse(judgement, {
        code: 'type',
        node: 'cast',
        name,
        message: `Type ${name} is not one that the portable guard takes`,
        location: 0,
      });
    }
  }

  function visitPart(part: unknown, scope: CteScope | undefined): void {
    if (!isFields(part)) {
      if (part !== 'distinct' && part !== 'all') deny('part', 'The portable guard does not know a part of this query');
      return;
    }
    // An expression stands where a part is expected: DISTINCT ON, for one.
    if (typeof part['type'] === 'string' && !joinTypes.has(part['type'])) {
      visitNode(part, scope);
      return;
    }
    // This parser takes `* name` for a column with an alias, which no server does.
    if (isFields(part['expr']) && part['expr']['name'] === '*' && part['alias'])
      deny('alias', 'A star has no name of its own');
    // Nor does one take `1e9999` for a number with an alias.
    if (/^e\d+$/i.test(nameOf(part['alias']))) deny('alias', 'A number and its exponent are no name');
    for (const key in part) {
      if (part[key] === undefined || part[key] === null) continue;
      const kind = Object.hasOwn(portableParts, key) ? portableParts[key] : undefined;
      if (kind === undefined) deny(key, `The portable guard has no ${key} here`);
      else stack.push({ value: part[key], kind, scope });
    }
  }

  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { value, kind, scope } = visit;
    if (judgement.findings.length > 8) return;
    if (kind === 'node') {
      if (isFields(value)) visitNode(value, scope);
      else deny('unknown', 'The portable guard does not know a part of this query');
    } else if (kind === 'nodes' || kind === 'lists') {
      if (!Array.isArray(value)) deny('unknown', 'The portable guard does not know a part of this query');
      else for (const item of value) stack.push({ value: item, kind: kind === 'lists' ? 'nodes' : 'node', scope });
    } else if (kind === 'items' || kind === 'order') {
      for (const part of Array.isArray(value) ? value : [value]) visitPart(part, scope);
    }
  }
  if (repetitionOf(root) > maxRepetition)
    deny('ref', 'Columns that subqueries name again and again need the main entry, which follows them');
  if (judgement.relations.some(({ name }) => name === 'pg_roles'))
    deny('table', 'Of pg_roles a column is secret, and only the main entry tells columns apart');
  denyWhole(judgement, growth, functionScan, qualified);
}

/** What can only be said after all nodes were seen. */
function denyWhole(judgement: Judgement, growth: Growth, functionScan: boolean, qualified: boolean): void {
  const finding = { code: 'node', location: 0 } as const;
  if (growsTooLong(growth))
    refuse(judgement, {
      ...finding,
      node: 'binary',
      message: 'Values that are put together again and again need the main entry, which measures them',
    });
  // `t.f` may be a call of f when t is a function in FROM; the main entry tells, this one does not try.
  if (functionScan && qualified)
    refuse(judgement, {
      ...finding,
      node: 'ref',
      message: 'Qualified columns beside a function in FROM need the main entry',
    });
}
