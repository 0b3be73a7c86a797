import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderConfigurationDocument, renderEnvironmentExample } from '../src/config/documentation.ts';
import { knownVariables } from '../src/config/environment.ts';
import { loadConfiguration } from '../src/config/load.ts';
import { settingsSchema } from '../src/config/schema.ts';

const root = new URL('../../../', import.meta.url);
const rewrite = 'run: pnpm --filter @pgmcp/server write:configuration';

describe('the generated documentation of the configuration', () => {
  it('is in step with the schema', () => {
    expect(readFileSync(new URL('docs/configuration.md', root), 'utf8'), rewrite).toBe(renderConfigurationDocument());
    expect(readFileSync(new URL('.env.example', root), 'utf8'), rewrite).toBe(renderEnvironmentExample());
  });

  it('names every variable in both texts', () => {
    for (const variable of knownVariables) {
      expect(renderConfigurationDocument()).toContain(`\`${variable}\``);
      expect(renderEnvironmentExample()).toContain(`${variable}=`);
    }
  });

  it('shows a file that the schema accepts, once secrets are in place', () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(renderConfigurationDocument())?.[1] ?? '';
    const text = yaml.replace(/^(\s*(?:- )?)(\w+)File: .*$/gm, (_, indent, key) =>
      key === 'url' ? `${indent}url: postgresql://h/w` : `${indent}${key}: placeholder`,
    );
    expect(settingsSchema.safeParse(parse(text)).error).toBeUndefined();
  });

  it('gives an example environment whose uncommented form is refused only for what contradicts itself', () => {
    const lines = renderEnvironmentExample().split('\n');
    const { PG_MCP_RATE_LIMIT_REDIS_URL: _, ...environment } = Object.fromEntries(
      lines.flatMap((line) => {
        const match = /^#? ?((?:PG_MCP_(?:SERVER|RATE_LIMIT|HTTP)_|DATABASE_URL)\w*)=(.*)$/.exec(line);
        return match?.[1] === undefined || match[1].endsWith('VERIFIED_QUERIES') ? [] : [[match[1], match[2]]];
      }),
    );
    const configuration = loadConfiguration({ environment: { ...environment, DATABASE_URL: 'postgresql://h/shop' } });
    const defaults = loadConfiguration({ environment: { DATABASE_URL: 'postgresql://h/shop' } });
    expect(configuration.server).toEqual({ ...defaults.server, useReadonlyTransactions: true });
    expect(configuration.rateLimit).toEqual(defaults.rateLimit);
  });
});
