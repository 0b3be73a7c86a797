import { readFileSync } from 'node:fs';

/** The statements that create the odd catalog on PostgreSQL 15 and newer, and on PGlite. */
export const ODD_CATALOG_SQL = readFileSync(new URL('odd-catalog.sql', import.meta.url), 'utf8');

/** The same for a server: what PostgreSQL 14 cannot say is left out there. */
export async function createOddCatalog(client: {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
}): Promise<void> {
  const [row] = (await client.query("select current_setting('server_version_num')::int as version")).rows;
  const isOld = Number(row?.['version']) < 150_000;
  await client.query(
    isOld
      ? ODD_CATALOG_SQL.replace('unique nulls not distinct', 'unique').replace(' with (security_invoker = true)', '')
      : ODD_CATALOG_SQL,
  );
}
