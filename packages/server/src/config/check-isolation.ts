import type { WrittenDatabase } from './sections/databases.ts';

/** The shortest key that signs claims, in bytes. */
const MIN_KEY_BYTES = 32;

/** Checks the settings that keep callers apart against each other. */
export function checkIsolation(
  { isolation, roles = [], identityKey, identityKeyId }: Omit<WrittenDatabase, 'url'>,
  problemAt: (name: string, message: string) => void,
): void {
  const signs = isolation === 'signed-claims';
  if (isolation === 'role' && roles.length === 0) {
    problemAt('isolation', 'The isolation "role" needs roles: the database roles that callers may run as.');
  }
  if (signs && roles.length !== 1) {
    problemAt(
      'isolation',
      'The isolation "signed-claims" needs exactly one role in roles: the only one the login is a member of.',
    );
  }
  if (signs && (identityKey === undefined || identityKeyId === undefined)) {
    problemAt('isolation', 'The isolation "signed-claims" needs identityKeyId and identityKey (or identityKeyFile).');
  }
  if (isolation === 'login' && roles.length > 0) {
    problemAt(
      'roles',
      'With the isolation "login" no caller runs as a role. Remove roles, or choose another isolation.',
    );
  }
  if (!signs && identityKey !== undefined) {
    problemAt('identityKey', 'Only the isolation "signed-claims" signs. Set isolation, or remove the key.');
  }
  if (identityKey !== undefined && Buffer.byteLength(identityKey.reveal()) < MIN_KEY_BYTES) {
    problemAt('identityKey', `It must have at least ${MIN_KEY_BYTES} bytes. Make one with: openssl rand -base64 48.`);
  }
}
