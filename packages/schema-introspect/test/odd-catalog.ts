import { readFileSync } from 'node:fs';

/** The statements that create the odd catalog; they work on every supported server from version 15 on, and on PGlite. */
export const ODD_CATALOG_SQL = readFileSync(new URL('odd-catalog.sql', import.meta.url), 'utf8');
