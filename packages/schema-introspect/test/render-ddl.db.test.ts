import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';
import { diffCatalogs, introspect, renderDdl } from '../src/index.ts';

const source = useDatabase();
const target = useDatabase();

it('writes SQL that builds the same tables again', async () => {
  const from = await source.connect();
  await from.query(`
    create type mood as enum ('sad', 'it''s ok');
    create domain positive as int default 1 constraint positive_check check (value > 0);
    create domain small as positive not null check (value < 100);
    create type address as (street text, number positive);
    create table "Customer" (id bigint generated always as identity primary key, name text not null default 'x', mood mood default 'sad', home address);
    comment on table "Customer" is E'who \\\\ "buys"\\nthings';
    comment on column "Customer".name is 'it''s the name';
    create table orders (
      id int, line int, customer bigint not null references "Customer" on delete cascade deferrable initially deferred,
      price numeric(12, 2) check (price >= 0), doubled numeric generated always as (price * 2) stored, amount small, codes varchar(20)[],
      during tsrange, primary key (line, id), unique (customer, id), exclude using gist (during with &&)
    );
    create index orders_price on orders (lower(codes[1]), price desc) where price > 10;
    create unlogged table quick (line int, id int, foreign key (line, id) references orders (line, id) match full on update set null not valid);
    create table parts (at date, n int) partition by range (at);
    create view expensive with (security_barrier = true) as select id, price from orders where price > 100;
    create materialized view total as select count(*) as n from expensive;
    create unique index on total (n);
    create table nothing ()`);
  const before = await introspect(from);
  const to = await target.connect();
  await to.query(renderDdl(before));
  const after = await introspect(to);
  const diff = diffCatalogs(before, after);
  expect(diff.tables).toEqual({ added: [], removed: [], changed: [] });
  expect(diff.types).toEqual({ isEmpty: true, added: [], removed: [], changed: [] });
});
