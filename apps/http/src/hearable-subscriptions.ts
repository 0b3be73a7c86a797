import { type Caller, databaseOfUri } from '@pgmcp/server';

/** The part of `subscriptions/listen` that counts. */
interface Listen {
  readonly params?: { readonly notifications?: { readonly resourceSubscriptions?: unknown } } | null;
}

/**
 * What a `subscriptions/listen` asks for, without the addresses of databases that its caller may not use: a change would tell that they
 * are there. The answer names what is left, as it does for everything that a server does not tell of.
 */
export function hearableSubscriptions(body: unknown, { databases }: Pick<Caller, 'databases'>): unknown {
  const message = body as Listen;
  const notifications = message.params?.notifications;
  const uris = notifications?.resourceSubscriptions;
  if (databases === undefined || !Array.isArray(uris)) return body;
  const isHearable = (uri: unknown): boolean => {
    const database = typeof uri === 'string' ? databaseOfUri(uri) : undefined;
    return database === undefined || databases.includes(database);
  };
  const resourceSubscriptions = uris.filter(isHearable);
  return { ...message, params: { ...message.params, notifications: { ...notifications, resourceSubscriptions } } };
}
