import { z } from 'zod';
import type { Services } from '../../services.ts';

/** Only where the operator names servers. */
export const someHostIsAllowed = ({ configuration }: Services): boolean =>
  configuration.connections.allowedHosts.length > 0;

/** The name of a connection. */
export const connectionNameInput = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/, 'must be 1 to 63 letters, digits, _ - or .')
  .describe('Its name, used as "database" by other tools.');

/** A connection as it is shown. */
export const connectionShape = {
  name: z.string(),
  server: z.string(),
  database: z.string(),
  user: z.string(),
  ssl_mode: z.string(),
};
