import { ISOLATION_MODES, type IsolationMode } from '../../session-of.ts';
import { choice, line, lines, secretText } from '../kinds.ts';
import type { Secret } from '../secret.ts';
import { setting } from '../setting.ts';

/** How a database keeps callers apart, as the operator writes it. */
export const isolationShape = {
  isolation: setting(choice(ISOLATION_MODES), {
    environment: 'PG_MCP_DATABASE_ISOLATION',
    description:
      'How callers are kept apart. login: they are not. role: each runs as its own role, one of roles. signed-claims: policies verify who is asking. unsigned-settings: policies believe a setting, which a statement could change: only the guard stands in between.',
    default: 'login',
  }),
  roles: setting(lines('names of database roles separated by commas', /^[^\s,"'\\]{1,63}$/), {
    environment: 'PG_MCP_DATABASE_ROLES',
    description: 'Database roles that statements of callers may run as; with signed-claims exactly one.',
    example: 'app_data',
  }),
  identityKeyId: setting(line('1 to 32 letters, digits, _ or -', /^[A-Za-z0-9_-]{1,32}$/), {
    environment: 'PG_MCP_DATABASE_IDENTITY_KEY_ID',
    description: 'The id under which the database knows the key that signs claims.',
    example: 'k2026',
  }),
  identityKey: setting(secretText(), {
    environment: 'PG_MCP_DATABASE_IDENTITY_KEY',
    description: 'The key that signs claims, at least 32 bytes; the same for every replica.',
    secret: true,
  }),
};

/** How a database keeps callers apart. */
export interface IsolationConfiguration {
  readonly isolation: IsolationMode;
  readonly roles?: readonly string[];
  readonly identityKeyId?: string;
  readonly identityKey?: Secret;
}
