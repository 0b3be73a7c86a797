export { createLogger, type Logger, type LoggerOptions, type LogLine } from './logger.ts';
export { redact } from './redact.ts';
