import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type ClientEntry, cursorLink, vsCodeLink } from '../client-links.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');
const json = (path: string) => JSON.parse(read(path));
const settings = read('docs/configuration.md');

/** Whether the server knows a variable of the environment. */
const isSetting = (name: string) => settings.includes(`\`${name}\``);

/** The configurations of a page, as its blocks of JSON hold them. */
function configurationsOf(path: string): readonly Configuration[] {
  return [...read(path).matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = '']) => JSON.parse(text));
}

interface Entry extends ClientEntry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface Configuration {
  readonly mcpServers?: Readonly<Record<string, Entry>>;
  readonly servers?: Readonly<Record<string, Entry>>;
  readonly inputs?: readonly (ClientEntry & { readonly id: string })[];
}

describe.each(['README.md', 'docs/clients.md'])('the configurations of %s', (path) => {
  const configurations = configurationsOf(path);

  it('start a program that is there, with settings that it knows', () => {
    const entries = configurations.flatMap(({ mcpServers = {}, servers = {} }) =>
      Object.values({ ...mcpServers, ...servers }),
    );
    expect(entries).toHaveLength(2);
    const { name, bin } = json('apps/stdio/package.json');
    for (const { command, args, env } of entries) {
      if (command === 'npx') expect(args).toEqual(['-y', name]);
      else expect(args).toEqual([`/path/to/pgmcp/apps/stdio/${bin.pgmcp.slice(2)}`]);
      expect(Object.keys(env).filter((key) => !isSetting(key))).toEqual([]);
    }
  });

  it('ask for every input that they use', () => {
    for (const { inputs = [], servers = {} } of configurations) {
      const used = [...JSON.stringify(servers).matchAll(/\$\{input:([^}]+)\}/g)].map(([, id]) => id);
      expect(used).toEqual(inputs.map(({ id }) => id));
    }
  });
});

describe('the links of docs/clients.md', () => {
  const page = read('docs/clients.md');
  const [desktop, vsCode] = configurationsOf('docs/clients.md');

  it('install in Cursor what the configuration says', () => {
    expect(page).toContain(`(${cursorLink('pgmcp', desktop?.mcpServers?.['pgmcp'] ?? {})})`);
  });

  it('install in VS Code what the configuration says', () => {
    expect(page).toContain(`(${vsCodeLink('pgmcp', vsCode?.servers?.['pgmcp'] ?? {}, vsCode?.inputs ?? [])})`);
  });

  it('hold their configuration in a form that can be read back', () => {
    const entry = { command: 'npx', args: ['-y', 'ü+/='], env: {} };
    const cursor = new URL(cursorLink('a b', entry)).searchParams;
    expect([cursor.get('name'), JSON.parse(Buffer.from(cursor.get('config') ?? '', 'base64').toString())]).toEqual([
      'a b',
      entry,
    ]);
    const code = new URL(vsCodeLink('a b', entry, [])).searchParams;
    expect([code.get('name'), code.get('inputs'), JSON.parse(code.get('config') ?? '')]).toEqual(['a b', '[]', entry]);
  });
});

it('the page for ChatGPT names settings and tools that exist', () => {
  const page = read('docs/clients.md');
  const names = page.match(/PG_MCP_\w+/g) ?? [];
  expect(names).not.toEqual([]);
  for (const name of names) expect(isSetting(name), name).toBe(true);
  const tools = read('docs/tools.md');
  for (const tool of ['search', 'fetch'])
    expect(tools).toMatch(new RegExp(`## Toolset \`search\`[^]*### \`${tool}\`\\n\\n[^]*?Hints: reads only`));
});

/** The rules of the registry's schema of 2025-12-11 for what we use of it, and nothing else. */
const registryEntry = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  repository: z.strictObject({ url: z.url(), source: z.literal('github') }),
  version: z
    .string()
    .max(255)
    .regex(/^\d+\.\d+\.\d+$/),
  packages: z
    .array(
      z.strictObject({
        registryType: z.literal('npm'),
        identifier: z.string(),
        version: z.string().regex(/^\d+\.\d+\.\d+$/),
        transport: z.strictObject({ type: z.literal('stdio') }),
        environmentVariables: z.array(
          z.strictObject({
            name: z.string().refine(isSetting, 'not a setting'),
            description: z.string().min(1),
            isRequired: z.boolean(),
            isSecret: z.boolean(),
            format: z.enum(['string', 'number', 'boolean', 'filepath']),
          }),
        ),
      }),
    )
    .length(1),
});

it('the entry for the registry follows its schema, and names settings that exist', () => {
  expect(registryEntry.safeParse(json('distribution/server.json')).error?.issues ?? []).toEqual([]);
});

/** What Docker's catalog documents of an entry, as far as we use it. */
const catalogEntry = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  image: z.string().regex(/^mcp\/[a-z0-9-]+$/),
  type: z.literal('server'),
  meta: z.strictObject({ category: z.string(), tags: z.array(z.string()) }),
  about: z.strictObject({ title: z.string(), description: z.string() }),
  source: z.strictObject({ project: z.url(), dockerfile: z.string() }),
  config: z.strictObject({
    description: z.string(),
    secrets: z.array(z.strictObject({ name: z.string(), env: z.string().refine(isSetting), example: z.string() })),
    env: z.array(z.strictObject({ name: z.string().refine(isSetting), example: z.string(), value: z.string() })),
    parameters: z.strictObject({ type: z.literal('object'), properties: z.record(z.string(), z.object({})) }),
  }),
});

it('the entry for the catalog of Docker names settings that exist, and parameters that it asks for', () => {
  const entry = catalogEntry.parse(parse(read('distribution/docker/server.yaml')));
  expect(read(entry.source.dockerfile)).toContain(json('distribution/server.json').name);
  const asked = Object.keys(entry.config.parameters.properties).map((name) => `{{${entry.name}.${name}}}`);
  expect(entry.config.env.map(({ value }) => value)).toEqual(asked);
});

it('the bundle passes settings that exist', () => {
  const { server } = json('distribution/mcpb-manifest.json');
  expect(Object.keys(server.mcp_config.env).filter((name) => !isSetting(name))).toEqual([]);
});
