import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mayTestWith } from '@pgmcp/testing/programs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { checkKubernetesObject } from './kubernetes-object.ts';

const CHART = fileURLToPath(new URL('../../../deploy/helm/pgmcp', import.meta.url));
const RENDERER = fileURLToPath(new URL('render-chart.go', import.meta.url));

/** Where Debian's packages put the libraries of Go. */
const GO = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '-buildvcs=false' };
const installed = mayTestWith(
  'Go with its libraries for charts',
  spawnSync('go', ['list', 'github.com/Masterminds/sprig', 'github.com/ghodss/yaml'], { env: GO }).status === 0,
);
const title = `the Helm chart, rendered${installed ? '' : ' (not here: run scripts/install-test-servers.sh)'}`;

/** The objects of the chart with further values, by the templates of Go and the functions of Sprig, as in Helm. */
async function render(values: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'pgmcp-chart-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'values.yaml');
  await writeFile(file, JSON.stringify(values));
  const { stdout } = await promisify(execFile)('go', ['run', RENDERER, CHART, 'shop', file], { env: GO });
  const documents = parseAllDocuments(stdout);
  for (const { errors } of documents) expect(errors).toEqual([]);
  return documents.map((document) => document.toJS()).filter((object) => object !== null);
}

const one = (objects: Awaited<ReturnType<typeof render>>, kind: string) => {
  const found = objects.filter((object) => object.kind === kind);
  expect(found.map((object) => object.metadata.name)).toHaveLength(1);
  return found[0];
};

describe.skipIf(!installed)(title, { timeout: 120_000 }, () => {
  it.each([
    ['as it comes', {}],
    [
      'with everything switched on',
      {
        autoscaling: { enabled: true },
        networkPolicy: {
          enabled: true,
          egress: [{ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 6379 }] }],
        },
        route: { enabled: true, hostnames: ['a.example.com', 'b.example.com'] },
        migrate: true,
      },
    ],
    [
      'with everything switched off',
      { autoscaling: { enabled: false }, networkPolicy: { enabled: false }, route: { enabled: false }, migrate: false },
    ],
  ])('is objects of Kubernetes %s', async (_, values) => {
    const objects = await render(values);
    expect(objects.length).toBeGreaterThanOrEqual(5);
    for (const object of objects) expect(() => checkKubernetesObject(object), object.kind).not.toThrow();
    const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    const labels = one(objects, 'Deployment').spec.template.metadata.labels;
    expect(labels).toMatchObject(one(objects, 'Service').spec.selector);
    expect(labels).toMatchObject(one(objects, 'PodDisruptionBudget').spec.selector.matchLabels);
  });

  it('gives settings and secrets to the server as they were written', async () => {
    const objects = await render({
      settings: { PG_MCP_HTTP_PUBLIC_URL: 'https://x.example/?a="b"&c={{ .Release }}', PG_MCP_HTTP_MAX_CALLS: 50 },
      secret: { name: 'vault', files: { PG_MCP_OPENAI_API_KEY: 'model-key' } },
    });
    expect(one(objects, 'ConfigMap').data).toMatchObject({
      PG_MCP_HTTP_PUBLIC_URL: 'https://x.example/?a="b"&c={{ .Release }}',
      PG_MCP_HTTP_MAX_CALLS: '50',
      PG_MCP_OPENAI_API_KEY_FILE: '/etc/pgmcp/secrets/model-key',
    });
    expect(one(objects, 'Deployment').spec.template.spec.volumes).toEqual([
      { name: 'secrets', secret: { secretName: 'vault' } },
    ]);
  });

  it('counts the replicas that may run for the limits, and sets them where nothing scales', async () => {
    const [scaled, fixed] = await Promise.all([
      render({ autoscaling: { enabled: true, maxReplicas: 9 } }),
      render({ autoscaling: { enabled: false }, replicas: 4 }),
    ]);
    expect(one(scaled, 'ConfigMap').data.PG_MCP_RATE_LIMIT_REPLICAS).toBe('9');
    expect(one(scaled, 'Deployment').spec).not.toHaveProperty('replicas');
    expect(one(scaled, 'HorizontalPodAutoscaler').spec.maxReplicas).toBe(9);
    expect(one(fixed, 'ConfigMap').data.PG_MCP_RATE_LIMIT_REPLICAS).toBe('4');
    expect(one(fixed, 'Deployment').spec.replicas).toBe(4);
    expect(fixed.map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler');
  });
});
