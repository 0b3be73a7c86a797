import { drawDiagram } from './diagram.js';

const REFRESH_MS = 2_000;
const byId = (id) => document.getElementById(id);

/** Text only: whatever a database or a client named something, it cannot become markup. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.map((child) => (typeof child === 'object' ? child : String(child ?? ''))));
  return made;
}

async function read(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

function fillTable(table, heads, rows, empty) {
  if (rows.length === 0) return table.replaceChildren(element('caption', { className: 'empty' }, empty));
  const line = (cell, cells) => element('tr', {}, ...cells.map((content) => element(cell, {}, content)));
  table.replaceChildren(line('th', heads), ...rows.map((cells) => line('td', cells)));
}

function card(title, lines, state) {
  return element(
    'div',
    { className: 'card' },
    element('h3', {}, title, ' ', ...(state ? [element('span', { className: state }, state)] : [])),
    ...lines.filter(Boolean).map((line) => element('p', {}, line)),
  );
}

function databaseCard(
  { name, status, server_version: version, latency_ms: latency, schema_age_s: age, error, warning },
  pool,
) {
  return card(
    name,
    [
      version && `PostgreSQL ${version}, ${latency} ms`,
      pool && `${pool.lent} of ${pool.max} connections lent, ${pool.waiting} waiting, breaker ${pool.breaker}`,
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
  const { version, databases, pools, store, calls, limits } = await read('/console/state');
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
  byId('limits').replaceChildren(...Object.entries(limits).map(([name, value]) => card(name, [describe(value)])));
  for (const id of ['history-database', 'schema-database'])
    offer(
      byId(id),
      databases.map(({ name }) => name),
    );
}

const describe = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function offer(select, names) {
  if ([...select.options].map(({ value }) => value).join('\n') === names.join('\n')) return;
  select.replaceChildren(...names.map((name) => element('option', { value: name }, name)));
}

async function showHistory() {
  const database = byId('history-database').value;
  const { queries } = await read(`/query_history?connection_id=${encodeURIComponent(database)}&limit=50`);
  const rows = queries.map(({ at, tool, caller, statements, durationMs, outcome, code }) => [
    new Date(at).toLocaleTimeString(),
    tool,
    caller,
    element('code', {}, statements.map(({ sql }) => sql ?? '').join('\n')),
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
}

const SECTIONS = { overview: showOverview, history: showHistory, slow: showSlow, schema: showSchema };

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
