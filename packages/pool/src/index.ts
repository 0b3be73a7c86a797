export type { Binding, SessionBinding } from './binding.ts';
export type { Database, SettingsSummary } from './database.ts';
export { PoolError, type PoolErrorCode, type PoolErrorOptions } from './errors.ts';
export type { CancelReason, CloseReason, PoolEvent, PoolEventListener } from './events.ts';
export type { DatabaseHealth, HealthError, ReplicaHealth } from './health.ts';
export { type IdentityKey, identityKeySql, identitySql } from './identity-sql.ts';
export { createPools, type Pools, type PoolsOptions, type Reload } from './pools.ts';
export { checkSettings } from './resolve-settings.ts';
export type { TextField, TextTable } from './rows.ts';
export { SESSION_SETTINGS } from './session-settings.ts';
export type { Environment } from './setting-sources.ts';
export {
  CHANNEL_BINDINGS,
  type ChannelBinding,
  type DatabaseSettings,
  LOAD_BALANCE_HOSTS,
  type LoadBalanceHosts,
  type PasswordProvider,
  type ReplicaSettings,
  SSL_MODES,
  type SslMode,
  TARGET_SESSION_ATTRS,
  type TargetName,
  type TargetSessionAttrs,
} from './settings.ts';
export type { Claims } from './sign-claims.ts';
export type { PoolStats } from './stats.ts';
export type { TextBatch } from './stream.ts';
export { type IdentityFinding, type IdentityReport, testIdentity } from './test-identity.ts';
export type { Transaction } from './transaction.ts';
export { type HostAndPort, type ParsedUrl, parseConnectionUrl } from './url.ts';
