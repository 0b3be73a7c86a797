import { expect, it } from 'vitest';
import { judgeRole } from '../src/doctor/judge-role.ts';
import type { RoleFacts } from '../src/doctor/role-facts.ts';

const facts: RoleFacts = {
  superuser: false,
  bypassesRowSecurity: true,
  attributes: ['CREATEDB'],
  memberships: ['a; DROP TABLE t'],
  dangerous: ['pg_read_server_files'],
  seesStatistics: false,
  ownedTables: 0,
  writableTables: 0,
  readableTables: 1,
  unreadableTables: 0,
  creatableSchemas: ['public'],
  temporary: false,
  notForced: [],
  unprotected: [],
  withoutPolicy: [],
  openViews: [],
  definerFunctions: [],
  untrustedFunctions: [],
  settingPolicies: [],
  settings: [],
  extensions: [],
};

it('the cures of the doctor are SQL for roles of every name', () => {
  const purpose = { role: 'my-role', mode: 'read-only', isolation: 'role', roles: ['Other'] } as const;
  const cures = judgeRole(facts, purpose).flatMap(({ cure }) => cure ?? []);
  expect(cures).toEqual(
    expect.arrayContaining([
      'ALTER ROLE "my-role" NOBYPASSRLS;',
      'ALTER ROLE "my-role" NOCREATEDB;',
      'REVOKE pg_read_server_files FROM "my-role";',
      'REVOKE "a; DROP TABLE t" FROM "my-role";',
      'GRANT "Other" TO "my-role";',
      'REVOKE CREATE ON SCHEMA public FROM PUBLIC, "my-role";',
      'GRANT pg_read_all_stats TO "my-role"; when it may see them.',
    ]),
  );
});
