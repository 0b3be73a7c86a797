/** Text only: whatever a database or a client named something, it cannot become markup. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.map((child) => (typeof child === 'object' ? child : String(child ?? ''))));
  return made;
}

/** Shows rows under their heads, or says that there are none. */
export function fillTable(table, heads, rows, empty) {
  if (rows.length === 0) return table.replaceChildren(element('caption', { className: 'empty' }, empty));
  const line = (cell, cells) => element('tr', {}, ...cells.map((content) => element(cell, {}, content)));
  table.replaceChildren(line('th', heads), ...rows.map((cells) => line('td', cells)));
}

/** A box with a title, its state, and lines of text. */
export function card(title, lines, state) {
  return element(
    'div',
    { className: 'card' },
    element('h3', {}, title, ' ', ...(state ? [element('span', { className: state }, state)] : [])),
    ...lines.filter(Boolean).map((line) => element('p', {}, line)),
  );
}
