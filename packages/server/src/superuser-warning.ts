/** Said at start, in the health of a database and in `databases://list`. */
export const SUPERUSER_WARNING =
  'The configured login is a superuser: privileges stop nothing it is asked to do. ' +
  'Give this server a role of its own that may only SELECT.';
