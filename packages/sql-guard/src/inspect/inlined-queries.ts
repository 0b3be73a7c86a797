import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, isFields, locationOf, textOf } from '../tree.ts';
import { commonTables, namedTables } from './common-tables.ts';

/**
 * Queries that NOT MATERIALIZED members may become: the planner writes such a member anew wherever it is named, and members that each name
 * the one before twice double with each of them. Measured: 500 take a second to plan, 2,000 nine seconds and 600 MB, 4,000 over 2 GB.
 */
const maxInlined = 300;

/** Judges the members of a WITH that are to be put into the query around them. Names count wherever they stand: the strict answer. */
export function inspectInlinedQueries(withClause: Fields, statement: Fields, judgement: Judgement): void {
  const members = commonTables(withClause);
  if (!members.some((member) => member['ctematerialized'] === 'CTEMaterializeNever')) return;
  const all = namedTables(statement);
  const queries = new Map<string, number>();
  const sum = (counts: ReadonlyMap<string, number>): number => {
    let total = 0;
    for (const [name, times] of counts) total += times * (queries.get(name) ?? 0);
    return total;
  };
  let total = 0;
  for (const member of members) {
    const name = textOf(member['ctename']) ?? '';
    const inlined = member['ctematerialized'] === 'CTEMaterializeNever' || (all.get(name) ?? 0) <= 1;
    const size = 1 + sum(namedTables(member['ctequery']));
    total = Math.max(total, size);
    queries.set(name, inlined ? size : 1);
  }
  const { withClause: _, ...body } = statement;
  total = Math.max(total, sum(namedTables(isFields(body) ? body : {})));
  // Members inside members multiply.
  judgement.inlined *= Math.max(total, 1);
  if (judgement.inlined <= maxInlined) return;
  refuse(judgement, {
    code: 'size',
    node: 'WithClause',
    message: `The members of WITH that are NOT MATERIALIZED become ${judgement.inlined} queries inside each other, which the server plans past every timeout`,
    location: locationOf(withClause),
    hint: 'Leave out NOT MATERIALIZED.',
  });
}
