import type { CatalogRelation, CatalogSnapshot } from '../src/index.ts';

const text = (...names: string[]) => names.map((name) => ({ name, typeSchema: 'pg_catalog', typeName: 'text' }));
const relation = (name: string, columns: string[], rest: Partial<CatalogRelation> = {}): CatalogRelation => ({
  schema: 'public',
  name,
  kind: 'table',
  columns: text(...columns),
  parents: [],
  ...rest,
});
const own = (name: string, typeName: string) => ({ name, typeSchema: 'public', typeName });
/** A view of the snapshot. */
export const view = (name: string, columns: string[], definition: string) =>
  relation(name, columns, { kind: 'view', definition });

/** Tables and views over columns that are protected, as they stand or by another name. */
export const snapshot: CatalogSnapshot = {
  fingerprint: 'columns',
  searchPath: ['public'],
  definitionsQualified: true,
  relations: [
    relation('customers', [], {
      columns: [
        ...text('id', 'name', 'email', 'ssn', 'created_at', 'tags'),
        { name: 'points', typeSchema: 'pg_catalog', typeName: 'int8' },
      ],
    }),
    relation('a_diary', [], { columns: [...text('id'), own('v', 'visits')] }),
    relation('pairs', [], { columns: [...text('id'), own('pair', 'pair'), own('pairs', '_pair')] }),
    relation('persons', [], { columns: [own('person', 'person')] }),
    relation('orders', ['id', 'customer_id', 'email', 'total']),
    relation('people', ['id', 'email']),
    relation('people_other', ['id', 'email'], {
      parents: [{ schema: 'public', name: 'people_eu' }],
      columnOrderUnknown: true,
    }),
    relation('visits', ['id'], {
      columns: [
        { name: 'id', typeSchema: 'pg_catalog', typeName: 'text' },
        { name: 'visitor', typeSchema: 'public', typeName: 'people' },
        { name: 'others', typeSchema: 'public', typeName: '_people' },
      ],
    }),
    relation('members', ['id', 'email'], {
      columns: [
        ...text('id', 'email'),
        { ...text('handle')[0]!, generated: "split_part(lower(email), '@'::text, 1)" },
        { ...text('label')[0]!, generated: "('#'::text || id)" },
        { ...text('unread')[0]!, generated: 'id ||' },
      ],
    }),
    relation('people_eu', ['id', 'email'], { parents: [{ schema: 'public', name: 'people' }] }),
    view('contacts', ['id', 'contact'], 'SELECT id, email FROM public.customers'),
    view('contacts_of_contacts', ['who', 'mail'], 'SELECT c.id, c.contact FROM public.contacts c'),
    view('hashed', ['id', 'hash'], 'SELECT id, md5(email) FROM public.customers'),
    view('filtered', ['id'], "SELECT id FROM public.customers WHERE email LIKE 'a%'"),
    view('plain', ['id', 'name'], 'SELECT id, name FROM public.customers'),
    view('starred', ['id', 'name', 'email', 'ssn', 'created_at', 'tags'], 'SELECT * FROM public.customers'),
  ],
  functions: [],
  operators: [],
  casts: [],
  types: [
    {
      schema: 'public',
      name: 'pair',
      kind: 'composite',
      attributes: [own('one', 'people'), own('other', 'people')],
    },
    { schema: 'public', name: 'person', kind: 'domain', baseSchema: 'public', baseName: 'people' },
  ],
};

/** Which columns those are. */
export const columns = {
  mask: ['public.customers.email', 'public.customers.points', 'public.people_eu.email', 'public.members.email'],
  deny: ['public.customers.ssn'],
};
