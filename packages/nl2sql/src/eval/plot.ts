/** A bar: a share of 0 to 1, with what it counts. */
export interface Bar {
  readonly label: string;
  readonly share: number;
  /** Shown behind the bar: `45 of 87`. */
  readonly note?: string | undefined;
  /** The same share in another run; drawn as a thin line across. */
  readonly before?: number | undefined;
}

const rowHeight = 26;
const labelWidth = 220;
const barWidth = 320;
const noteWidth = 160;

/** Horizontal bars as SVG: plain text and rectangles, readable on light and dark ground, no script. */
export function renderBars(title: string, bars: readonly Bar[]): string {
  const width = labelWidth + barWidth + noteWidth;
  const height = 44 + bars.length * rowHeight;
  const rows = bars.map(({ label, share, note, before }, at) => {
    const y = 36 + at * rowHeight;
    const length = Math.round(Math.max(0, Math.min(1, share)) * barWidth);
    const mark =
      before === undefined
        ? ''
        : `<rect x="${labelWidth + Math.round(before * barWidth)}" y="${y - 3}" width="2" height="22" fill="#d9480f"/>`;
    return `<text x="${labelWidth - 8}" y="${y + 12}" text-anchor="end">${escapeXml(label)}</text><rect x="${labelWidth}" y="${y}" width="${barWidth}" height="16" fill="#8884" rx="2"/><rect x="${labelWidth}" y="${y}" width="${length}" height="16" fill="#3b82f6" rx="2"/>${mark}<text x="${labelWidth + barWidth + 8}" y="${y + 12}">${escapeXml(`${(100 * share).toFixed(1)} %${note === undefined ? '' : ` (${note})`}`)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#888"><title>${escapeXml(title)}</title><text x="8" y="20" font-size="14">${escapeXml(title)}</text>${rows.join('')}</svg>\n`;
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/[\u0000-\u001f]/g, ' ');
