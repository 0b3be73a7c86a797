import { isInstalled } from '../is-installed.ts';

/** The optional packages that draw, as they are installed together. */
const PACKAGES = ['vega', 'vega-lite', '@resvg/resvg-js'] as const;

let found: boolean | undefined;

/** Whether the packages that draw are installed. */
export function canDraw(): boolean {
  found ??= PACKAGES.every(isInstalled);
  return found;
}
