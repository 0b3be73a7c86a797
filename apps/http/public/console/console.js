import { drawDiagram } from './diagram.js';
import { card, element, fillTable } from './elements.js';
import { describeTable } from './schema-browser.js';

const REFRESH_MS = 2_000;
const byId = (id) => document.getElementById(id);

async function read(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

function databaseCard(
  { name, status, server_version: version, latency_ms: latency, schema_age_s: age, error, warning },
  pool,
) {
  return card(
    name,
    [
      version && `PostgreSQL ${version}, ${latency} ms`,
      pool && `${pool.lent} of ${pool.max} connections in use, ${pool.waiting} calls waiting for one`,
      pool && pool.breaker !== 'closed' && `new connections wait: the last attempts failed (breaker ${pool.breaker})`,
      age !== undefined && `schema read ${age} s ago`,
      error,
      warning,
    ],
    status,
  );
}

async function cancel(requestId) {
  const headers = { 'content-type': 'application/json', 'x-pgmcp-console': '1' };
  await read('/console/cancel', { method: 'POST', headers, body: JSON.stringify({ requestId }) });
  await showOverview();
}

function callRow({ requestId, tool, callerId, tenant, startedAt }) {
  const seconds = Math.max(0, (Date.now() - Date.parse(startedAt)) / 1000).toFixed(1);
  const button = element('button', { type: 'button', onclick: () => cancel(requestId) }, 'Cancel');
  return [tool, callerId, tenant ?? '', `${seconds} s`, button];
}

async function showOverview() {
  const { version, databases, pools, store, calls } = await read('/console/state');
  byId('version').textContent = version;
  byId('databases').replaceChildren(
    ...databases.map((database) =>
      databaseCard(
        database,
        pools.find(({ name }) => name === database.name),
      ),
    ),
    card(`store (${store.kind})`, store.problems, store.status),
  );
  fillTable(
    byId('calls'),
    ['Tool', 'Caller', 'Tenant', 'Running for', ''],
    calls.map(callRow),
    'No call is under way.',
  );
  for (const id of ['history-database', 'schema-database'])
    offer(
      byId(id),
      databases.map(({ name }) => name),
    );
}

const describe = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** requests_per_minute and requestsPerMinute in words. */
const inWords = (name) =>
  name
    .replaceAll('_', ' ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace('openai tokens', 'model tokens');

/** The key of a caller is its tenant and its name, each percent-encoded. */
const callerName = (key) => key.split('/').map(decodeURIComponent).join(' / ');

/** How much of a limit is used, as a bar and in numbers. */
function usage({ maximum, used, resetMs }) {
  const share = maximum > 0 ? used / maximum : 0;
  const bar = element('meter', { min: 0, max: 1, low: 0.7, high: 0.9, optimum: 0, value: Math.min(1, share) });
  const wait = used >= maximum && resetMs > 0 ? `, free in ${Math.ceil(resetMs / 1000)} s` : '';
  return element('span', { className: share >= 1 ? 'down' : '' }, bar, ` ${used} of ${maximum}${wait}`);
}

async function showLimits() {
  const [{ enabled, backend, callers }, { limits }] = await Promise.all([
    read('/console/limits'),
    read('/console/state'),
  ]);
  byId('limits-note').textContent = enabled
    ? `Counted in ${backend}. Callers of the last calls, and how much of each limit they have used.`
    : 'Limits are switched off.';
  const names = callers[0]?.limits.map(({ limit }) => limit) ?? [];
  fillTable(
    byId('limits-rows'),
    ['Caller', ...names.map(inWords)],
    enabled ? callers.map(({ caller, limits: own }) => [callerName(caller), ...own.map(usage)]) : [],
    enabled ? 'Nobody has called yet.' : 'Nothing is counted.',
  );
  byId('limits-configured').replaceChildren(
    ...Object.entries(limits).map(([name, value]) => card(inWords(name), [describe(value)])),
  );
}

function offer(select, names) {
  if ([...select.options].map(({ value }) => value).join('\n') === names.join('\n')) return;
  select.replaceChildren(...names.map((name) => element('option', { value: name }, name)));
}

/** A statement that was refused could not be freed of its literals: its text is not kept. */
function statementCell(statements, outcome) {
  const texts = statements.map(({ sql }) => sql ?? '').filter((sql) => sql !== '');
  if (texts.length === 0 && outcome === 'refused')
    return element('span', { className: 'empty' }, 'not kept: it was refused');
  return element('code', {}, texts.join('\n'));
}

async function showHistory() {
  const database = byId('history-database').value;
  const { queries } = await read(`/query_history?connection_id=${encodeURIComponent(database)}&limit=50`);
  const rows = queries.map(({ at, tool, caller, statements, durationMs, outcome, code }) => [
    new Date(at).toLocaleTimeString(),
    tool,
    callerName(caller),
    statementCell(statements, outcome),
    statements.reduce((sum, { rows: count }) => sum + count, 0),
    `${Math.round(durationMs)} ms`,
    code === undefined ? outcome : `${outcome}: ${code}`,
  ]);
  fillTable(
    byId('history-rows'),
    ['At', 'Tool', 'Caller', 'Statement', 'Rows', 'Took', 'Outcome'],
    rows,
    'Nothing yet.',
  );
}

let slowShown = '';
async function showSlow() {
  const { queries } = await read('/console/slow');
  // Drawn anew only when there is something new: a plan that is open stays open.
  if (slowShown === JSON.stringify(queries) && queries.length > 0) return;
  slowShown = JSON.stringify(queries);
  const shown = queries.map(({ database, sql, durationMs, plan }) =>
    element(
      'details',
      { className: 'card' },
      element('summary', {}, `${Math.round(durationMs)} ms on ${database}`),
      element('pre', {}, sql ?? ''),
      element('pre', {}, plan ?? 'No plan was kept.'),
    ),
  );
  byId('slow-rows').replaceChildren(
    ...(shown.length > 0 ? shown : [element('p', { className: 'empty' }, 'Nothing was slow yet.')]),
  );
}

let schemaShown = '';
async function showSchema() {
  const database = byId('schema-database').value;
  const filter = byId('schema-filter').value.toLowerCase();
  if (database === '' || schemaShown === `${database} ${filter}`) return;
  const { tables, total, mermaid } = await read(`/console/schema?database=${encodeURIComponent(database)}`);
  schemaShown = `${database} ${filter}`;
  const chosen = tables.filter(({ name }) => name.toLowerCase().includes(filter));
  byId('schema-note').textContent = `${chosen.length} of ${total} tables`;
  byId('mermaid').textContent = mermaid;
  byId('diagram').replaceChildren(drawDiagram(chosen));
  byId('tables').replaceChildren(...chosen.map(describeTable));
}

const SECTIONS = {
  overview: showOverview,
  history: showHistory,
  slow: showSlow,
  limits: showLimits,
  schema: showSchema,
};

async function show() {
  const chosen = Object.hasOwn(SECTIONS, location.hash.slice(1)) ? location.hash.slice(1) : 'overview';
  for (const name of Object.keys(SECTIONS)) byId(name).hidden = name !== chosen;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${chosen}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  try {
    if (chosen !== 'overview' && byId('history-database').options.length === 0) await showOverview();
    await SECTIONS[chosen]();
    byId('status').textContent = `at ${new Date().toLocaleTimeString()}`;
  } catch (error) {
    byId('status').textContent = error.message;
  }
}

addEventListener('hashchange', show);
for (const id of ['history-database', 'schema-database', 'schema-filter']) byId(id).addEventListener('input', show);
setInterval(() => document.hidden || show(), REFRESH_MS);
await show();
