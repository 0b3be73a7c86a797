export { rememberSecret, withoutSecret } from './known-secrets.ts';
export { createLogger, type Logger } from './logger.ts';
export { redact } from './redact.ts';
