import type { Finding } from './markdown.ts';

const WIDTH = 860;
const LABEL_WIDTH = 380;
const BAR_HEIGHT = 18;
const LINE_HEIGHT = 24;

/** Draws the ratios of every suite as bars, the floor as a line at 1. */
export function renderPlot(findings: readonly Finding[]): string {
  const parts: string[] = [];
  let y = 10;
  for (const { suite, result } of findings) {
    y += 22;
    parts.push(text(10, y, suite.title, 'font-weight="bold"'));
    y += 10;
    const largest = Math.max(...result.measurements.map(({ ratio }) => ratio));
    const scale = (WIDTH - LABEL_WIDTH - 80) / largest;
    const top = y;
    for (const { name, ratio } of result.measurements) {
      const width = Math.max(1, ratio * scale);
      parts.push(
        text(LABEL_WIDTH - 8, y + 14, name, 'text-anchor="end"'),
        `<rect x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" fill="#336791"/>`,
        text(LABEL_WIDTH + width + 6, y + 14, `${ratio.toFixed(2)}x`),
      );
      y += LINE_HEIGHT;
    }
    const floor = LABEL_WIDTH + scale;
    parts.push(
      `<line x1="${floor}" y1="${top - 3}" x2="${floor}" y2="${y - 3}" stroke="#c33" stroke-dasharray="4 3"/>`,
    );
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 20}" font-family="sans-serif" font-size="12">` +
    `<title>Ratios of every suite to its floor</title><rect width="100%" height="100%" fill="white"/>${parts.join('')}</svg>\n`
  );
}

function text(x: number, y: number, content: string, attributes = ''): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${escaped}</text>`;
}
