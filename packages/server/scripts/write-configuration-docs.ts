// Writes docs/configuration.md and .env.example from the schema: pnpm --filter @pgmcp/server write:configuration
import { writeFileSync } from 'node:fs';
import { renderConfigurationDocument, renderEnvironmentExample } from '../src/config/documentation.ts';

const root = new URL('../../../', import.meta.url);
writeFileSync(new URL('docs/configuration.md', root), renderConfigurationDocument());
writeFileSync(new URL('.env.example', root), renderEnvironmentExample());
