import type { Requirements } from './requirement.ts';

/** What pgmcp-http does for many clients. */
export const DEPLOYMENT: Requirements = {
  about: 'deployment',
  requirements: [
    [
      'Both protocol revisions pass the official conformance suite',
      'apps/http/test/conformance.db.test.ts: passes every required scenario',
      'e2e/conformance.e2e.ts: finds nothing wrong beyond the fixtures that a real server lacks',
    ],
    [
      'Host and Origin are checked, bodies are bounded',
      'e2e/http.e2e.ts: refuses %s with 403',
      'e2e/http.e2e.ts: refuses a body above 4 MiB before it is sent',
    ],
    [
      'Without authentication it listens on loopback only',
      'e2e/http.e2e.ts: will not listen where others can reach it',
    ],
    [
      'OAuth 2.1 resource server: audience, algorithms, expiry, scopes with step-up, rotation',
      'apps/http/test/oauth.test.ts: refuses a token that is %s',
      'apps/http/test/oauth.test.ts: asks for the scope that a tool needs beyond the token, and takes the token that has it',
      'apps/http/test/oauth.test.ts: follows the keys of the issuer as they change',
    ],
    ['API keys: hashed, scoped, expiring, revocable', 'packages/server/test/api-keys.test.ts: API keys'],
    [
      'Identity of a trusted proxy counts only with network and secret',
      'apps/http/test/trusted-proxy.test.ts: are refused %s',
      'apps/http/test/trusted-proxy.test.ts: of a trusted proxy are refused when one %s',
    ],
    [
      'Tool scopes per caller',
      'packages/server/test/embedded-tools.db.test.ts: keeps callers without a scope from tools that need it',
    ],
    [
      'Sessions of 2025 go on at another replica, for their caller alone',
      'apps/http/test/sessions.test.ts: begin with initialize, and go on at another replica',
      'apps/http/test/sessions.test.ts: open nothing to another caller, on either replica',
    ],
    [
      'The first byte leaves early',
      'apps/http/test/early-first-byte.test.ts: begins as a stream when it is late, and ends as one event',
    ],
    [
      'Probes, metrics, connections, history and tools on an admin port of this machine',
      'e2e/console.e2e.ts: answers probes, and says in metrics what it does',
      'e2e/console.e2e.ts: lists connections without a secret, the history, and the tools',
      'e2e/console.e2e.ts: shows nothing but probes and metrics to another machine',
    ],
    [
      'A console page: databases, live calls with cancel, history, slow statements, diagram',
      'e2e/console.e2e.ts: shows databases, and cancels a call under way',
      'e2e/console.e2e.ts: shows the history and slow statements with their plans',
      'e2e/console.e2e.ts: draws the schema as a diagram that can be filtered',
    ],
    [
      'Replicas behind a balancer without affinity; one limit counted exactly',
      'e2e/replicas.e2e.ts: serve in turn, without a client noticing which',
      'e2e/replicas.e2e.ts: count one limit together, exactly',
    ],
    [
      'A drain fails no call; a kill costs only what was under way; a failover is survived',
      'e2e/replicas.e2e.ts: drain without failing a call',
      'e2e/replicas.e2e.ts: lose no more than the calls under way when one is killed',
      'e2e/replicas.e2e.ts: go on with the standby when the primary is gone',
    ],
    [
      'The statement of a client that leaves is gone within a second',
      'e2e/replicas.e2e.ts: cancel the statement of a client that leaves, within a second',
    ],
    [
      'A schema change seen on one replica reaches subscribers on another',
      'e2e/replicas.e2e.ts: tell a subscriber on one replica of a schema change that another has seen',
    ],
    [
      'Two minutes of load with flat memory',
      'e2e/soak.e2e.ts: answers every call, and needs no more memory at the end than in the middle',
      '.github/workflows/nightly.yml: load',
    ],
    [
      'Deployment files name settings that exist and hold no secret',
      'apps/http/test/deploy.test.ts: name only settings that exist',
      'apps/http/test/deploy.test.ts: run without rights, probe the process for life and the databases for readiness, and leave time to drain',
    ],
    [
      'Dashboard and alerts ask only for metrics that a running server exposes',
      'e2e/monitoring.e2e.ts: ask only for metrics that a running server exposes',
    ],
  ],
};

/** What is published, and how it stays true. */
export const DELIVERY: Requirements = {
  about: 'delivery',
  requirements: [
    [
      'Snippets compile, files that pages show are read by the product, command lines and settings exist',
      'scripts/test/snippets.test.ts: every TypeScript snippet of the pages compiles',
      'packages/server/test/documents.test.ts: are read as they stand, in $path',
      'packages/server/test/documents.test.ts: are understood: $line ($path)',
      'packages/server/test/documents.test.ts: exist: $path',
    ],
    [
      'Every page of the documentation is in its index',
      'scripts/test/documents.test.ts: docs/README.md lists every page of the folder',
    ],
    [
      'Libraries do not bring the dependencies of the server; sizes and the number of packages are tracked',
      'e2e/packed.e2e.ts: holds nothing of the server in a library',
      'e2e/packed.e2e.ts: is what docs/package-weight.md says, to a quarter, and exactly so many packages',
    ],
    [
      'Every package installs from its tarball and works from ESM and CommonJS on Node 22 and 24',
      'e2e/packed.e2e.ts: every entry of every library is imported, and required',
    ],
    ['Both programs run from their tarballs by npx', 'e2e/packed.e2e.ts: both programs say their version and serve'],
    [
      'The bundle for Claude Desktop is valid and serves',
      'e2e/packed.e2e.ts: the bundle for Claude Desktop is valid, and serves from where it was unpacked',
    ],
    [
      'What registries are told is what is published',
      'e2e/packed.e2e.ts: what registries are told is what is published',
    ],
    [
      'Demo mode without a database',
      'e2e/demo.e2e.ts: serves the retail database to a role that is no superuser, and leaves nothing behind',
    ],
    ['Examples print what their folders say', 'e2e/examples.e2e.ts: the example %s prints what its folder says'],
    ['Pages link to what is there', 'scripts/test/documents.test.ts: links to what is there'],
    [
      'docs/configuration.md and docs/tools.md are in step with the code',
      'packages/server/test/config-documentation.test.ts: is in step with the schema',
      'packages/server/test/tools-documentation.test.ts: docs/tools.md is in step with the registry',
    ],
    [
      'Snippets of the READMEs compile, run, and print what they show',
      'e2e/packed.e2e.ts: every example is right TypeScript, and the first fits on a page',
      'e2e/packed.e2e.ts: all examples of $library run and print what they show',
    ],
    [
      'Directions of imports, names and lockfile are checked',
      'scripts/test/check-architecture.test.ts: refuses %s importing %s',
      'scripts/test/check-architecture.test.ts: names a platform package that the lockfile lacks',
    ],
    [
      'Node 22, 24 and 26; PostgreSQL 14 to 18; macOS and Windows',
      '.github/workflows/ci.yml: node',
      '.github/workflows/ci.yml: postgres',
      '.github/workflows/ci.yml: laptop',
    ],
    [
      'Fuzzing, a million verdicts, two minutes of load and the benchmarks run every night; benchmarks keep a history',
      '.github/workflows/nightly.yml: guard',
      '.github/workflows/nightly.yml: load',
      '.github/workflows/nightly.yml: benchmarks',
      'scripts/test/keep-results.test.ts: keeps results of several nights in a branch that holds nothing else, and leaves the work as it is',
    ],
    ['Workflows run only what the repository has', 'scripts/test/workflows.test.ts: runs what the repository has'],
  ],
};
