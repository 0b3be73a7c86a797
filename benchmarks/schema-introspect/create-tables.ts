/** What runs a statement. */
interface Client {
  query(text: string): Promise<unknown>;
}

/** Fills a database with tables of 12 columns, with indexes, checks, a reference and comments. */
export async function createTables(client: Client, count: number): Promise<void> {
  await client.query('create schema bench');
  const step = 200;
  for (let first = 1; first <= count; first += step) {
    await client.query(`do $$ begin for i in ${first}..${Math.min(count, first + step - 1)} loop
      execute format('create table bench.t%1$s (id bigint generated always as identity primary key, name text not null, code varchar(20) unique,
        amount numeric(12, 2) default 0, created_at timestamptz not null default now(), updated_at timestamptz, active boolean not null default true,
        kind int check (kind > 0), parent_id bigint references bench.t%1$s, note text, tags text[], data jsonb)', i);
      execute format('create index on bench.t%s (created_at)', i);
      execute format('comment on table bench.t%s is ''Table number %s''', i, i);
      execute format('comment on column bench.t%s.name is ''Name of thing %s''', i, i);
    end loop; end $$`);
  }
  await client.query('vacuum analyze');
}
