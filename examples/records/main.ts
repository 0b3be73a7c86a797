// JSON records as typed collections: filters, optimistic concurrency, expiry, pages. PGlite stands in for a server here;
// `createStore({ db: fromPool(pool) })` uses a pg.Pool.
import { PGlite } from '@electric-sql/pglite';
import { createStore } from '@pgmcp/store';
import { z } from 'zod';

const ticket = z.object({ title: z.string(), priority: z.number().int(), tags: z.array(z.string()) });

const database = await PGlite.create();
const store = createStore({ db: database, autoMigrate: true });
const tickets = store.collection<z.output<typeof ticket>>('tickets', {
  parse: (data) => ticket.parse(data),
  fields: { priority: { type: 'number' }, tags: { type: 'json' } },
  indexes: [{ field: 'priority' }],
});

// A scope is the only way to records: one tenant never sees another's.
const acme = tickets.within('acme');
const globex = tickets.within('globex');

await acme.saveMany(
  Array.from({ length: 25 }, (_, index) => ({
    id: `ticket-${String(index + 1).padStart(2, '0')}`,
    data: { title: `Ticket ${index + 1}`, priority: index % 5, tags: index % 2 === 0 ? ['billing'] : ['login'] },
  })),
);
await globex.save({ id: 'ticket-01', data: { title: 'Not for acme', priority: 4, tags: [] } });

const urgent = { priority: { $gte: 4 }, tags: { $contains: ['billing'] } };
console.log('urgent billing tickets of acme:', await acme.count({ where: urgent }));

let after: string | undefined;
let pages = 0;
do {
  const page = await acme.list({ limit: 10, ...(after !== undefined && { after }) });
  pages += 1;
  after = page.next;
} while (after !== undefined);
console.log('pages of ten:', pages);

const first = await acme.load('ticket-01');
console.log('version:', first?.version);
const changed = await acme.update('ticket-01', { priority: 3 }, { ifVersion: first?.version ?? 0 });
const late = await acme.update('ticket-01', { priority: 1 }, { ifVersion: first?.version ?? 0 });
console.log('first writer:', changed.outcome, '- second writer with the old version:', late.outcome);
console.log("globex's ticket:", (await globex.load('ticket-01'))?.data.title);

await database.close();
