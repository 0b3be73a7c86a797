/**
 * Whether tests may count on a program that no npm package brings. Where it is missing they are skipped, loudly; in CI, where everything has
 * to be there, that is an error.
 *
 * @param program Its name, for the message.
 * @param isInstalled Whether the caller has found it.
 */
export function mayTestWith(program: string, isInstalled: boolean): boolean {
  if (isInstalled) return true;
  const cure = 'run scripts/install-test-servers.sh as root';
  if (process.env['CI']) throw new Error(`${program} is missing: ${cure}.`);
  process.stderr.write(`\n${program} is missing: what needs it is NOT TESTED (${cure}).\n`);
  return false;
}
