import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfiguration } from '@pgmcp/server';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const FOLDER = fileURLToPath(new URL('../../../deploy/', import.meta.url));
const read = (path: string) => readFileSync(join(FOLDER, path), 'utf8');

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const documented = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');

/** A Kubernetes object, as far as the tests look at it. */
interface Manifest {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  // biome-ignore lint/suspicious/noExplicitAny: the shapes of Kubernetes are not ours to state.
  readonly spec?: any;
  readonly data?: Readonly<Record<string, string>>;
}

/** Whether the server itself would take these settings. */
function checkSettings(settings: Readonly<Record<string, string>>) {
  const files = Object.fromEntries(
    Object.entries(settings).map(([name, value]) =>
      name.endsWith('_URL_FILE')
        ? [name.slice(0, -'_FILE'.length), 'postgresql://reader@db.example.com/shop']
        : [name, value],
    ),
  );
  const store = files['PG_MCP_STORE_URL'] && { PG_MCP_STORE_URL: 'postgresql://keeper@db.example.com/pgmcp' };
  const password = files['PG_MCP_DATABASE_PASSWORD_FILE'] && {
    PG_MCP_DATABASE_PASSWORD_FILE: undefined,
    PG_MCP_DATABASE_PASSWORD: 'x',
  };
  return loadConfiguration({ environment: { ...files, ...store, ...password } });
}

describe('the files for deployments', () => {
  it('name only settings that exist', () => {
    const names = filesUnder(FOLDER).flatMap((path) => readFileSync(path, 'utf8').match(/\bPG_MCP_[A-Z0-9_]+/g) ?? []);
    expect(names.length).toBeGreaterThan(30);
    const unknown = names.filter(
      (name) => !documented.includes(`\`${name}\``) && !documented.includes(`\`${name.replace(/_FILE$/, '')}\``),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('hold no secret', () => {
    for (const path of filesUnder(FOLDER)) {
      expect(readFileSync(path, 'utf8'), path).not.toMatch(/postgres(?:ql)?:\/\/[^:\s/]+:(?!%s)[^@\s]+@/);
    }
  });

  it('give the compose stack settings that the server takes', () => {
    const { services } = parse(read('compose/compose.yaml'));
    const { http, store, auth } = checkSettings(services.pgmcp.environment);
    expect([http.allowedHosts, store.place.kind, auth.apiKeys]).toEqual([['pgmcp'], 'postgresql', true]);
    expect(services.pgmcp).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '60s' });
  });
});

describe('the plain manifests', () => {
  const manifests = parseAllDocuments(read('kubernetes/pgmcp.yaml')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
  const of = (kind: string) => {
    const found = manifests.find((manifest) => manifest.kind === kind);
    if (found === undefined) throw new Error(`There is no ${kind}.`);
    return found;
  };

  it('hold every kind that a deployment needs, each with a name, a version and a label', () => {
    const kinds = ['ConfigMap', 'ServiceAccount', 'Job', 'Deployment', 'Service', 'PodDisruptionBudget'];
    kinds.push('HorizontalPodAutoscaler', 'NetworkPolicy', 'HTTPRoute');
    expect(manifests.map(({ kind }) => kind)).toEqual(kinds);
    for (const { apiVersion, metadata } of manifests) {
      expect(apiVersion).toMatch(/^(?:[\w.]+\/)?v\d/);
      expect(metadata.labels?.['app.kubernetes.io/name']).toBe('pgmcp');
    }
  });

  it('give the server settings that it takes', () => {
    const { http, auth } = checkSettings(of('ConfigMap').data ?? {});
    expect([http.host, http.adminPort, auth.oauth?.issuer]).toEqual(['0.0.0.0', 9464, 'https://login.example.com']);
  });

  it('run without rights, probe the process for life and the databases for readiness, and leave time to drain', () => {
    const { spec } = of('Deployment');
    const pod = spec.template.spec;
    const [container] = pod.containers;
    expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(container.livenessProbe.httpGet.path).toBe('/livez');
    expect(container.readinessProbe.httpGet.path).toBe('/readyz');
    const { drainGraceMs } = checkSettings(of('ConfigMap').data ?? {}).http;
    const needed = container.lifecycle.preStop.sleep.seconds + 5 + drainGraceMs / 1_000 + 10;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(needed);
    expect(spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
  });

  it('select each other: service, budget and policy mean the pods of the deployment', () => {
    const labels = of('Deployment').spec.template.metadata.labels;
    for (const selector of [
      of('Service').spec.selector,
      of('PodDisruptionBudget').spec.selector.matchLabels,
      of('NetworkPolicy').spec.podSelector.matchLabels,
      of('Deployment').spec.selector.matchLabels,
    ]) {
      expect(labels).toMatchObject(selector);
    }
    expect(of('HorizontalPodAutoscaler').spec.scaleTargetRef.name).toBe(of('Deployment').metadata.name);
  });
});

describe('the Helm chart', () => {
  it('states a name, a version and values that every template finds', () => {
    const chart = parse(read('helm/pgmcp/Chart.yaml'));
    expect(chart).toMatchObject({ apiVersion: 'v2', name: 'pgmcp', type: 'application' });
    const values = parse(read('helm/pgmcp/values.yaml'));
    const templates = filesUnder(join(FOLDER, 'helm/pgmcp/templates')).map((path) => readFileSync(path, 'utf8'));
    const used = templates.flatMap((text) => [...text.matchAll(/\.Values\.([\w.]+)/g)].map(([, path]) => path ?? ''));
    expect(used.length).toBeGreaterThan(15);
    for (const path of used) {
      const found = path.split('.').reduce((value, name) => value?.[name], values);
      expect(found, path).toBeDefined();
    }
    for (const text of templates) {
      const opened = text.match(/\{\{-? *(?:if|range|define|with)\b/g)?.length ?? 0;
      expect(text.match(/\{\{-? *end\b/g)?.length ?? 0).toBe(opened);
    }
    expect(
      checkSettings({ ...values.settings, PG_MCP_DATABASE_URL_FILE: '-', PG_MCP_STORE_URL_FILE: '-' }).auth.apiKeys,
    ).toBe(true);
  });
});
