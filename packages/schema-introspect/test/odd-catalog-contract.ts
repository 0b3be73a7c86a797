import { beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseCatalog, findTables, introspect, type Queryable, type Table } from '../src/index.ts';

/** What the odd catalog must come out as, whatever the driver. `connect` gives a database that holds it. */
export function describeOddCatalog(connect: () => Promise<Queryable>): void {
  let catalog: DatabaseCatalog;
  beforeAll(async () => {
    catalog = await introspect(await connect());
  });
  /** What PostgreSQL 14 cannot say is not in its odd catalog. */
  const isOld = () => catalog.serverVersionNum < 150_000;
  const table = (name: string): Table => {
    const found = catalog.tables.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`no table ${name}`);
    return found;
  };
  const column = (tableName: string, name: string) => table(tableName).columns.find((each) => each.name === name);

  describe('the value', () => {
    it('survives JSON unchanged', () => {
      expect(JSON.parse(JSON.stringify(catalog))).toStrictEqual(catalog);
    });

    it('is frozen to its leaves', () => {
      const loose: string[] = [];
      const visit = (value: unknown, path: string): void => {
        if (typeof value !== 'object' || value === null) return;
        if (!Object.isFrozen(value)) loose.push(path);
        for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`);
      };
      visit(catalog, 'catalog');
      expect(loose).toEqual([]);
    });

    it('has the server, the role and the search path, and no system schema', () => {
      expect(catalog).toMatchObject({ role: 'postgres', searchPath: ['public'] });
      expect(catalog.serverVersionNum).toBeGreaterThan(140_000);
      expect(catalog.schemas.map(({ name }) => name)).toEqual(['Odd.Names', 'hidden', 'odd', 'public']);
      expect(catalog.schemas.find(({ name }) => name === 'odd')).toMatchObject({
        comment: 'Everything odd',
        usable: true,
      });
    });
  });

  describe('names and columns', () => {
    it('keeps a table without columns', () => {
      expect(table('zero_columns')).toMatchObject({ columns: [], comment: 'No column at all', kind: 'table' });
    });

    it('skips dropped columns and keeps the numbers of the others', () => {
      expect(table('dropped_columns').columns.map(({ name, position }) => [name, position])).toEqual([
        ['first', 1],
        ['second', 3],
        ['third', 5],
      ]);
      expect(table('dropped_columns').indexes[0]?.keys).toEqual([
        { column: 'third', descending: true },
        { column: 'second', nulls: 'first' },
      ]);
    });

    it('keeps names with quotes, dots, semicolons, emoji and 63 bytes exactly', () => {
      const odd = table('semi;colon "quoted".dots');
      expect(odd.schema).toBe('Odd.Names');
      expect(odd.columns.map(({ name }) => name)).toEqual(['with "quotes"', 'with.dot', 'select', 'Ünïcödé 🙈']);
      expect(table('🙈🙉🙊').columns).toHaveLength(1);
      const long = 'sixty_three_bytes_sixty_three_bytes_sixty_three_bytes_sixty_thr';
      expect(column(long, long)?.name).toBe(long);
    });

    it('tells identity, serial, generated and default apart', () => {
      const of = (name: string) => column('columns_of_all_kinds', name);
      expect(of('identity_always')).toMatchObject({ identity: 'always', nullable: false, type: 'bigint' });
      expect(of('identity_default')).toMatchObject({ identity: 'by default' });
      expect(of('serial_number')?.default).toContain('nextval(');
      expect(of('doubled')?.generated).toEqual({ expression: '(price * (2)::numeric)', stored: true });
      expect(of('doubled')?.default).toBeUndefined();
      expect(of('price')).toMatchObject({ type: 'numeric(12,2)', default: '0.00', nullable: false });
      expect(of('at')?.type).toBe('timestamp(3) with time zone');
    });

    it('finds the labels of enums in arrays and domains, in their order', () => {
      const labels = ['sad', 'happy', 'ok', 'it\'s, "fine"'];
      expect(column('columns_of_all_kinds', 'mood')).toMatchObject({ type: 'odd.mood', enumLabels: labels });
      expect(column('columns_of_all_kinds', 'mood_list')).toMatchObject({
        elementType: 'odd.mood',
        enumLabels: labels,
      });
      expect(column('columns_of_all_kinds', 'mood_domain')).toMatchObject({
        type: 'odd.moods',
        domainBaseType: 'odd.mood[]',
        enumLabels: labels,
      });
      expect(catalog.enums).toMatchObject([{ schema: 'odd', name: 'mood', labels, comment: 'How one feels' }]);
    });

    it('names the types that did not come with the server, arrays by their elements', () => {
      const userType = (name: string) => column('columns_of_all_kinds', name)?.userType;
      expect(userType('mood_list')).toEqual({ schema: 'odd', name: 'mood' });
      expect(userType('mood_domain')).toEqual({ schema: 'odd', name: 'moods' });
      expect(userType('home')).toEqual({ schema: 'odd', name: 'address' });
      expect(userType('code')).toBeUndefined();
      expect(catalog.domains.find(({ name }) => name === 'moods')?.underlyingUserType).toEqual({
        schema: 'odd',
        name: 'mood',
      });
    });

    it('follows domains over domains to their base, checks and NOT NULL', () => {
      expect(column('columns_of_all_kinds', 'score')).toMatchObject({ domainBaseType: 'integer', nullable: false });
      expect(catalog.domains.find(({ name }) => name === 'small_positive')).toMatchObject({
        underlyingType: 'odd.positive',
        baseType: 'integer',
        notNull: true,
        default: '1',
        checks: [{ name: 'small', expression: '((VALUE)::integer < 100)' }],
      });
      expect(catalog.composites[0]).toMatchObject({
        name: 'address',
        attributes: [
          { name: 'street', type: 'text' },
          { name: 'number', type: 'odd.positive', userType: { schema: 'odd', name: 'positive' } },
        ],
      });
      expect(catalog.ranges).toMatchObject([
        { name: 'temperature_range', subtype: 'numeric', multirange: 'temperature_multirange' },
      ]);
    });
  });

  describe('keys and constraints', () => {
    it('pairs the columns of a composite key in the order of the constraint', () => {
      expect(table('composite_parent').primaryKey?.columns).toEqual(['c', 'a', 'b']);
      expect(table('composite_child').foreignKeys).toEqual([
        {
          name: 'child_to_parent',
          columns: ['z', 'x', 'y'],
          references: { schema: 'odd', table: 'composite_parent', columns: ['b', 'c', 'a'] },
          matchFull: true,
          onUpdate: 'cascade',
          onDelete: 'no action',
        },
      ]);
    });

    it('reads self and cyclic keys with their actions', () => {
      expect(table('node').foreignKeys[0]).toMatchObject({ references: { table: 'node', columns: ['id'] } });
      expect(table('egg').foreignKeys[0]).toMatchObject({ onDelete: 'cascade', deferrable: 'initially deferred' });
      expect(table('chicken').foreignKeys[0]).toMatchObject({ onDelete: 'set null', notValidated: true });
    });

    it('lists a column in two keys once as a column and twice as a key', () => {
      const { columns, foreignKeys } = table('two_keys_one_column');
      expect(columns).toHaveLength(1);
      expect(foreignKeys.map(({ references }) => references.table).sort()).toEqual(['chicken', 'node']);
    });

    it('gives a key to a partitioned table once, not once per partition', () => {
      expect(table('references_partitioned').foreignKeys).toHaveLength(1);
    });

    it('reads checks, unique and exclusion constraints', () => {
      expect(table('columns_of_all_kinds').checks).toEqual([
        { name: 'price_not_negative', expression: '(price >= (0)::numeric)' },
      ]);
      expect(table('columns_of_all_kinds').uniqueConstraints).toEqual([
        { name: 'code_unique', columns: ['code'], ...(isOld() ? {} : { nullsNotDistinct: true }) },
      ]);
      expect(table('booking').exclusions).toEqual([
        {
          name: 'no_overlap',
          definition: 'EXCLUDE USING gist (during WITH &&) WHERE ((room > 0))',
          columns: ['during'],
        },
      ]);
    });

    it('reads indexes with expressions, included columns and predicate', () => {
      const index = table('columns_of_all_kinds').indexes.find(({ predicate }) => predicate !== undefined);
      expect(index).toMatchObject({
        method: 'btree',
        keys: [{ expression: 'lower((code[1])::text)' }, { column: 'price' }],
        include: ['mood'],
        predicate: '(price > (10)::numeric)',
        unique: false,
        valid: true,
      });
    });
  });

  describe('other kinds of relation', () => {
    it('folds partitions of every level and schema under their parent', () => {
      const { kind, partitioning } = table('measurement');
      expect(kind).toBe('partitioned table');
      expect(partitioning?.key).toBe('RANGE (at)');
      expect(partitioning?.partitions.map(({ schema, name, bound }) => [`${schema}.${name}`, bound])).toEqual([
        ['hidden.measurement_2025_a', 'FOR VALUES IN (1, 2)'],
        ['odd.measurement_2024', "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"],
        ['odd.measurement_2025', "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"],
        ['odd.measurement_rest', 'DEFAULT'],
      ]);
      expect(partitioning?.partitions[0]?.parent).toEqual({ schema: 'odd', name: 'measurement_2025' });
      expect(catalog.tables.some(({ name }) => name === 'measurement_2024')).toBe(false);
      expect(findTables(catalog, ['measurement_2024']).found).toEqual([table('measurement')]);
    });

    it('keeps plain inheritance apart from partitioning', () => {
      expect(table('descendant').inherits).toEqual([{ schema: 'odd', name: 'ancestor' }]);
      expect(table('descendant').partitioning).toBeUndefined();
    });

    it('reads views over views and materialized views with definition, comment and indexes', () => {
      expect(table('view_2')).toMatchObject({
        kind: 'view',
        comment: 'A view over a view',
        options: isOld() ? [] : ['security_invoker=true'],
      });
      expect(table('view_2').definition).toContain('odd.view_1');
      expect(table('view_2').estimatedRows).toBeUndefined();
      expect(table('summary')).toMatchObject({ kind: 'materialized view', indexes: [{ unique: true }] });
    });

    it('reads unlogged tables, policies and triggers', () => {
      expect(table('fast').persistence).toBe('unlogged');
      expect(table('guarded').rowSecurity).toBe('forced');
      expect(table('guarded').policies).toEqual([
        {
          name: 'add_rows',
          command: 'insert',
          permissive: true,
          roles: ['public'],
          check: '(owner_name = CURRENT_USER)',
        },
        {
          name: 'own_rows',
          command: 'select',
          permissive: false,
          roles: ['public'],
          using: '(owner_name = CURRENT_USER)',
        },
      ]);
      expect(table('node').triggers).toMatchObject([
        { name: 'touch_node', enabled: false, function: { schema: 'odd', name: 'touch' } },
      ]);
    });
  });

  describe('functions, operators, casts and sequences', () => {
    it('reads what decides whether a function is harmless', () => {
      expect(catalog.functions.find(({ name }) => name === 'touch')).toMatchObject({
        securityDefiner: true,
        volatility: 'volatile',
        settings: ['search_path=odd, pg_temp'],
        result: 'trigger',
        language: 'plpgsql',
        comment: 'Does nothing',
      });
      const overloads = catalog.functions.filter(({ name }) => name === 'overloaded');
      expect(overloads.map(({ argumentTypes }) => argumentTypes)).toEqual([['integer', 'text'], ['text']]);
      expect(overloads.map(({ volatility, strict }) => [volatility, strict])).toEqual([
        ['stable', false],
        ['immutable', true],
      ]);
      expect(catalog.functions.find(({ name }) => name === 'work')).toMatchObject({ kind: 'procedure' });
      expect(catalog.functions.find(({ name }) => name === 'total')).toMatchObject({ kind: 'aggregate' });
    });

    it('reads operators and casts that users made, and none of the system', () => {
      expect(catalog.operators).toMatchObject([
        { schema: 'odd', name: '=~=', left: 'integer', right: 'integer', function: { schema: 'odd', name: 'near' } },
      ]);
      expect(catalog.casts.filter(({ source }) => source === 'odd.address')).toEqual([
        {
          source: 'odd.address',
          sourceUserType: { schema: 'odd', name: 'address' },
          target: 'text',
          context: 'assignment',
          method: 'function',
          function: { schema: 'odd', name: 'address_text' },
        },
      ]);
    });

    it('keeps the numbers of sequences beyond 2^53 exact', () => {
      expect(catalog.sequences.find(({ name }) => name === 'standalone')).toEqual({
        schema: 'odd',
        name: 'standalone',
        type: 'bigint',
        start: '5',
        increment: '-3',
        minimum: '-9223372036854775807',
        maximum: '10',
        cycle: true,
      });
      expect(catalog.sequences.find(({ name }) => name.endsWith('serial_number_seq'))?.ownedBy).toEqual({
        schema: 'odd',
        table: 'columns_of_all_kinds',
        column: 'serial_number',
      });
    });
  });

  describe('chosen schemas', () => {
    it('reads only those, and still names the targets of keys outside', async () => {
      const chosen = await introspect(await connect(), { schemas: ['odd', 'no such schema'] });
      expect(chosen.schemas.map(({ name }) => name)).toEqual(['odd']);
      expect(chosen.tables.find(({ name }) => name === 'points_to_hidden')?.foreignKeys[0]?.references).toEqual({
        schema: 'hidden',
        table: 'secret',
        columns: ['id'],
      });
      expect(chosen.tables.find(({ name }) => name === 'measurement')?.partitioning?.partitions).toHaveLength(4);
    });

    it('shows a partition as a table of its own when its parent lies outside', async () => {
      const chosen = await introspect(await connect(), { schemas: ['hidden'] });
      expect(chosen.tables.map(({ name }) => name)).toEqual(['measurement_2025_a', 'secret']);
    });
  });
}
