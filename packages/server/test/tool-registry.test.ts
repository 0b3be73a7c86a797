import { describe, expect, it, onTestFinished } from 'vitest';
import { createServices, loadConfiguration, TOOLS, toolsFor } from '../src/index.ts';
import { createLogger } from '../src/observe/index.ts';
import { TOOLSET_NAMES, toolsetsOf } from '../src/tools/toolset.ts';

async function namesWith(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const services = await createServices(
    loadConfiguration({ environment: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', ...environment } }),
    { logger: createLogger({ level: 'silent' }) },
  );
  onTestFinished(() => services.close());
  return toolsFor(services).map(({ name }) => name);
}

describe('the registry of tools', () => {
  it('lists the default toolsets when nothing is said', async () => {
    expect(await namesWith({})).toEqual(await namesWith({ PG_MCP_SERVER_TOOLSETS: 'default' }));
    expect(await namesWith({})).toEqual(expect.arrayContaining(['execute_query', 'list_tables', 'query']));
  });

  it('lists only the toolsets that are asked for', async () => {
    const core = await namesWith({ PG_MCP_SERVER_TOOLSETS: 'core' });
    expect(core).toContain('query');
    for (const name of core) expect(TOOLS.find((tool) => tool.name === name)?.toolset).toBe('core');
  });

  it('refuses a toolset that does not exist and names the nearest', () => {
    const environment = { DATABASE_URL: 'postgresql://h/d', PG_MCP_SERVER_TOOLSETS: 'core,serch' };
    expect(() => loadConfiguration({ environment })).toThrow(/PG_MCP_SERVER_TOOLSETS.*Did you mean search\?/s);
    const empty = { ...environment, PG_MCP_SERVER_TOOLSETS: ',' };
    expect(() => loadConfiguration({ environment: empty })).toThrow(/PG_MCP_SERVER_TOOLSETS/);
  });

  it('knows what default and all stand for', () => {
    expect([...toolsetsOf(['all'])]).toEqual(TOOLSET_NAMES);
    expect(toolsetsOf(['core', 'chart'])).toEqual(new Set(['core', 'chart']));
  });

  it('has names, titles and descriptions that every client accepts, sorted', () => {
    const names = TOOLS.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
    for (const tool of TOOLS) {
      expect(tool.name).toMatch(/^[a-z][a-z0-9_]{0,40}$/);
      expect(tool.title).not.toBe('');
      expect(Buffer.byteLength(tool.description)).toBeLessThan(2048);
      // What shows the server itself needs more than reading, and reads only.
      if (tool.scope === 'db:read') expect(tool.annotations.readOnlyHint).toBe(true);
    }
  });
});
