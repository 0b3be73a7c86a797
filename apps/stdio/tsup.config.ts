import { defineConfig } from 'tsup';
import { retailFiles } from '../../fixtures/retail/index.ts';
import { bundleApp } from '../../scripts/bundle-app.ts';

// `--demo` reads the sample data at run time; the bundled modules look for it beside themselves.
export default defineConfig(bundleApp(retailFiles));
