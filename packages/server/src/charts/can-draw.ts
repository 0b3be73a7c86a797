import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The optional packages that draw, as they are installed together. */
const PACKAGES = ['vega', 'vega-lite', '@resvg/resvg-js'] as const;

let found: boolean | undefined;

/** Whether the packages that draw are installed. Looks at folders only: loading them would cost every start. */
export function canDraw(): boolean {
  const require = createRequire(import.meta.url);
  found ??= PACKAGES.every((name) =>
    require.resolve.paths(name)?.some((folder) => existsSync(join(folder, name, 'package.json'))),
  );
  return found;
}
