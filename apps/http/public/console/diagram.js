const NAMESPACE = 'http://www.w3.org/2000/svg';
const WIDTH = 260;
const GAP = 70;
const LINE = 18;
const HEAD = 26;
const MAX_COLUMNS = 14;

function shape(name, attributes, text) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** Tables that many others refer to come first, each in the shortest column of the page so far. */
function place(tables) {
  const referred = new Map();
  for (const { references } of tables) for (const { to } of references) referred.set(to, (referred.get(to) ?? 0) + 1);
  const ordered = [...tables].sort((a, b) => (referred.get(b.name) ?? 0) - (referred.get(a.name) ?? 0));
  const columns = Array.from({ length: Math.max(1, Math.min(4, Math.ceil(Math.sqrt(tables.length)))) }, () => GAP / 2);
  return ordered.map((table) => {
    const column = columns.indexOf(Math.min(...columns));
    const shown = Math.min(table.columns.length, MAX_COLUMNS);
    const height = HEAD + (shown + (table.columns.length > shown ? 1 : 0)) * LINE + 6;
    const box = { table, x: GAP / 2 + column * (WIDTH + GAP), y: columns[column], height };
    columns[column] += height + GAP / 2;
    return box;
  });
}

function drawTable({ table, x, y, height }) {
  const group = shape('g', { transform: `translate(${x} ${y})`, 'data-table': table.name });
  group.append(
    shape('rect', { width: WIDTH, height, rx: 5 }),
    shape('text', { x: 10, y: 17, class: 'title' }, cut(table.name, 34)),
  );
  table.columns.slice(0, MAX_COLUMNS).forEach((column, index) => {
    const line = HEAD + index * LINE + 12;
    group.append(
      shape('text', { x: 10, y: line }, `${column.key ? '● ' : ''}${cut(column.name, 20)}`),
      shape('text', { x: WIDTH - 10, y: line, class: 'type', 'text-anchor': 'end' }, cut(column.type, 16)),
    );
  });
  const more = table.columns.length - MAX_COLUMNS;
  if (more > 0) group.append(shape('text', { x: 10, y: height - 8, class: 'type' }, `and ${more} more`));
  return group;
}

function drawReference(from, to) {
  const startX = from.x + WIDTH / 2 < to.x + WIDTH / 2 ? from.x + WIDTH : from.x;
  const endX = from.x + WIDTH / 2 < to.x + WIDTH / 2 ? to.x : to.x + (from.x === to.x ? 0 : WIDTH);
  const startY = from.y + HEAD / 2;
  const endY = to.y + HEAD / 2;
  const bend = from.x === to.x ? -GAP / 2 : (endX - startX) / 2;
  const control = from.x === to.x ? [startX + bend, endX + bend] : [startX + bend, endX - bend];
  return shape('path', {
    d: `M${startX} ${startY} C${control[0]} ${startY} ${control[1]} ${endY} ${endX} ${endY}`,
    'marker-end': 'url(#arrow)',
  });
}

/** Draws tables and their foreign keys as SVG. */
export function drawDiagram(tables) {
  const boxes = place(tables);
  const byName = new Map(boxes.map((box) => [box.table.name, box]));
  const width = Math.max(0, ...boxes.map(({ x }) => x + WIDTH)) + GAP / 2;
  const height = Math.max(0, ...boxes.map((box) => box.y + box.height)) + GAP / 2;
  const svg = shape('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': 'Tables and their foreign keys',
  });
  const marker = shape('marker', {
    id: 'arrow',
    viewBox: '0 0 8 8',
    refX: 8,
    refY: 4,
    markerWidth: 7,
    markerHeight: 7,
    orient: 'auto',
  });
  marker.append(shape('path', { d: 'M0 0 L8 4 L0 8' }));
  svg.append(marker);
  for (const box of boxes) {
    for (const { to } of box.table.references) {
      const target = byName.get(to);
      if (target) svg.append(drawReference(box, target));
    }
  }
  svg.append(...boxes.map(drawTable));
  return svg;
}
