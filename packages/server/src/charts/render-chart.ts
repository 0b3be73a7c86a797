import type { Chart } from './chart-spec.ts';
import { chartSpec } from './chart-spec.ts';

/** A drawn chart. */
export interface ChartImage {
  readonly mimeType: 'image/png' | 'image/svg+xml';
  readonly bytes: Uint8Array;
}

/** Twice the size, for screens with small dots and models that look closely. */
const SCALE = 2;

const NO_LOADING = new Error('A chart loads nothing.');

/** No data, picture or style is ever fetched, whatever a specification says. */
const refusingLoader = {
  options: {},
  load: () => Promise.reject(NO_LOADING),
  sanitize: () => Promise.reject(NO_LOADING),
  http: () => Promise.reject(NO_LOADING),
  file: () => Promise.reject(NO_LOADING),
};

/**
 * Draws a chart. The libraries are loaded with the first chart: they are large, and most servers draw none.
 *
 * PNG needs a font on the machine. Where there is none, its labels would be missing and nobody would know: the picture is then SVG,
 * which is drawn with the fonts of whoever looks at it.
 */
export async function renderChart(chart: Chart): Promise<ChartImage> {
  const [vega, vegaLite, { Resvg, renderAsync }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
    import('@resvg/resvg-js'),
  ]);
  const compiled = vegaLite.compile(chartSpec(chart), { logger: silentLogger(vega) }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', loader: refusingLoader, logLevel: vega.None });
  try {
    const svg = await view.toSVG();
    if (!hasFont(Resvg)) return { mimeType: 'image/svg+xml', bytes: Buffer.from(svg) };
    // Off the main thread: this is the larger half of the work.
    const drawn = await renderAsync(svg, { fitTo: { mode: 'zoom', value: SCALE } });
    return { mimeType: 'image/png', bytes: drawn.asPng() };
  } finally {
    view.finalize();
  }
}

/** Warnings of the compiler would go to the console, and name what is in the data. */
function silentLogger(vega: typeof import('vega')) {
  return vega.logger(vega.None);
}

let fontFound: boolean | undefined;

/** A text that has no box was not drawn. */
function hasFont(Resvg: typeof import('@resvg/resvg-js').Resvg): boolean {
  fontFound ??=
    new Resvg(
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text x="5" y="20">Ag</text></svg>',
    ).getBBox() !== undefined;
  return fontFound;
}
