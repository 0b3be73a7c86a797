import { builtins } from '../builtins.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Finding } from '../finding.ts';
import { isParserError, type Parser } from '../parser.ts';
import { type Fields, fieldsOf, isFields, textOf, untag } from '../tree.ts';
import type { ColumnUse } from '../verdict.ts';
import { type KnownRelation, type Lineage, traceQuery } from './lineage.ts';
import { createProtectedColumns, type ProtectedColumn } from './protected-columns.ts';
import { type OutputColumn, UnsureLineage } from './ranges.ts';
import type { CatalogRelation } from './snapshot.ts';
import { type CatalogView, type ColumnCheck, isViewKind, type RelationName } from './view.ts';

const forbidden = ({ schema, table, column, rule }: ProtectedColumn, use: ColumnUse['use']): Finding => {
  const name = `${schema}.${table}.${column}`;
  const masked = `The policy masks the column ${name}: it may be selected, but not ${use === 'inner' ? 'computed with, compared, sorted or grouped by' : 'returned'}`;
  return {
    code: 'column',
    node: 'ColumnRef',
    name,
    message: rule === 'deny' ? `The policy denies the column ${name}` : masked,
    location: 0,
    hint: rule === 'mask' ? 'Select the column as it stands, or leave it out.' : 'Leave the column out.',
  };
};

const explained = (column: ProtectedColumn): Finding => ({
  ...forbidden(column, 'inner'),
  message: `EXPLAIN would show how wide the values of ${column.schema}.${column.table}.${column.column} are, which the policy protects`,
  hint: 'Explain the statement without the column.',
});

const unsure = (reason: string): ColumnCheck => ({
  findings: [
    {
      code: 'column',
      node: 'SelectStmt',
      message: `It is not sure that no protected column is used: ${reason}`,
      location: 0,
      hint: 'Name the columns, and read them from their tables.',
    },
  ],
  uses: [],
});

/** Prepares the column policy for one catalog. */
export function createColumnCheck(
  policy: CompiledPolicy,
  view: CatalogView,
  parser: Parser,
): CatalogView['checkColumns'] {
  const protectedColumns = createProtectedColumns(policy, view, parser);
  const lineages = new Map<CatalogRelation, Lineage>();
  const reaching = new Map<CatalogRelation, boolean>();

  /** A view that the policy names without a star shows what it was made to show. */
  const trusted = ({ schema, name }: CatalogRelation) => policy.tables.allow.matchesExactly(schema, name);

  function definitionOf(relation: CatalogRelation): Fields {
    const tree = parser.parse(relation.definition ?? '');
    const query = isParserError(tree) ? undefined : fieldsOf(tree.stmts[0]?.stmt, 'SelectStmt');
    if (!query) throw new UnsureLineage(`the view ${relation.schema}.${relation.name} cannot be read`);
    return query;
  }

  /** Relations that a tree names anywhere; names of common table expressions among them do no harm. */
  function relationsIn(tree: unknown): readonly RelationName[] {
    const found: RelationName[] = [];
    const stack: unknown[] = [tree];
    for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      const range =
        fieldsOf(value, 'RangeVar') ?? (isFields(value) && typeof value['relname'] === 'string' ? value : undefined);
      if (range) found.push({ schema: textOf(range['schemaname']), name: textOf(range['relname']) ?? '' });
      stack.push(...Object.values(value));
    }
    return found;
  }

  function reaches(relation: CatalogRelation): boolean {
    const known = reaching.get(relation);
    if (known !== undefined) return known;
    reaching.set(relation, true);
    const found =
      protectedColumns.of(relation) !== undefined ||
      (isViewKind(relation) &&
        !trusted(relation) &&
        relationsIn(definitionOf(relation)).some(
          ({ schema, name }) =>
            (schema !== undefined || view.resolve(schema, name) !== undefined) && mayReach(schema, name),
        ));
    reaching.set(relation, found);
    return found;
  }

  function mayReach(schema: string | undefined, name: string): boolean {
    if (builtins.hasRelation(schema ?? 'pg_catalog', name)) return false;
    const relation = view.resolve(schema, name);
    // What the catalog does not know may be a view over anything.
    return relation ? reaches(relation) : true;
  }

  function findRelation(schema: string | undefined, name: string): KnownRelation {
    const relation = view.resolve(schema, name);
    if (!relation && builtins.hasRelation(schema ?? 'pg_catalog', name))
      return { schema: schema ?? 'pg_catalog', columns: [], complete: false };
    if (!relation) throw new UnsureLineage(`the catalog does not know ${name}`);
    return {
      schema: relation.schema,
      columns: columnsOf(relation),
      complete: relation.columnOrderUnknown !== true,
    };
  }

  function columnsOf(relation: CatalogRelation): readonly OutputColumn[] {
    const rules = protectedColumns.of(relation);
    const ownRule = (column: string): readonly ProtectedColumn[] => {
      const rule = rules?.get(column);
      return rule ? [rule] : [];
    };
    const names = relation.columns.map((column) => column.name);
    if (!isViewKind(relation) || trusted(relation))
      return names.map((column) => ({ name: column, sources: ownRule(column) }));
    const { outputs } = lineageOf(relation);
    return names.map((column, index) => ({
      ...outputs[index],
      name: column,
      sources: [...(outputs[index]?.sources ?? []), ...ownRule(column)],
    }));
  }

  function lineageOf(relation: CatalogRelation): Lineage {
    const known = lineages.get(relation);
    if (known) return known;
    const lineage = traceQuery(definitionOf(relation), findRelation);
    // What a view uses in its inside, it shows: a filter, a hash, a sum.
    if (lineage.inner.size > 0)
      throw new UnsureLineage(`the view ${relation.schema}.${relation.name} computes with a protected column`);
    lineages.set(relation, lineage);
    return lineage;
  }

  function trace(query: Fields): ColumnCheck {
    const { outputs, inner } = traceQuery(query, findRelation);
    const findings = [...inner].map((column) => forbidden(column, 'inner'));
    const uses: ColumnUse[] = [];
    for (const [outputIndex, { sources, mixed }] of outputs.entries()) {
      for (const source of sources) {
        const { schema, table, column } = source;
        if (source.rule === 'deny') findings.push(forbidden(source, 'output'));
        else uses.push({ schema, table, column, use: 'output', outputIndex, ...(mixed && { mixed }) });
      }
    }
    return { findings, uses };
  }

  return (statement, relations) => {
    try {
      if (!relations.some(({ schema, name }) => mayReach(schema, name))) return { findings: [], uses: [] };
      const tagged = untag(statement);
      const explains = tagged?.tag === 'ExplainStmt';
      const query = explains ? untag(tagged.fields['query']) : tagged;
      if (query?.tag !== 'SelectStmt') return unsure('only SELECT may touch a table with protected columns');
      if (!explains) return trace(query.fields);
      // A plan is wide where a column is carried along, shown or not.
      return { findings: [...traceQuery(query.fields, findRelation, true).inner].map(explained), uses: [] };
    } catch (error) {
      if (error instanceof UnsureLineage) return unsure(error.message);
      throw error;
    }
  };
}
