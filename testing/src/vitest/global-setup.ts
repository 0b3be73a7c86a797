import type { TestProject } from 'vitest/node';
import { type LentCluster, openCluster } from './cluster.ts';
import { dropRunDatabases } from './template.ts';

interface Sharing {
  opened: Promise<LentCluster>;
  users: number;
}

// Every vitest project loads its own copy of this module, so the one server of a run is kept where all copies see it.
const key = Symbol.for('pgmcp.testing.cluster');
const holder = globalThis as { [key]?: Sharing | undefined };

/**
 * Vitest's `globalSetup`: one PostgreSQL server for the whole run, shared by every project that names this file.
 * `DATABASE_URL`, when set, replaces it; its user must be allowed to create databases and roles.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  holder[key] ??= { opened: openCluster(), users: 0 };
  const sharing = holder[key];
  sharing.users += 1;
  const { cluster, release } = await sharing.opened;
  project.provide('pgmcpCluster', cluster);
  return async () => {
    sharing.users -= 1;
    if (sharing.users > 0) return;
    holder[key] = undefined;
    try {
      if (!cluster.embedded) await dropRunDatabases(cluster);
    } finally {
      await release();
    }
  };
}
