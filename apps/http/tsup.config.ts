import { defineConfig } from 'tsup';
import { bundleApp } from '../../scripts/bundle-app.ts';

// `public` is the console of operators, which the program reads from beside its bundle.
export default defineConfig({ ...bundleApp(), publicDir: 'public' });
