import { existsSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { HttpEnvironment } from '../app.ts';

const FILES = {
  'index.html': 'text/html; charset=utf-8',
  'console.css': 'text/css; charset=utf-8',
  'console.js': 'text/javascript; charset=utf-8',
  'diagram.js': 'text/javascript; charset=utf-8',
  'elements.js': 'text/javascript; charset=utf-8',
  'schema-browser.js': 'text/javascript; charset=utf-8',
} as const;

/** Beside the folder of the bundle; in the sources, the folder that the build copies there. */
const FOLDERS = ['../console/', '../../public/console/'].map((path) => new URL(path, import.meta.url));

/** Serves the page. The files are read once: what is served cannot change under a running server. */
export function consoleFiles(): Hono<HttpEnvironment> {
  const folder = FOLDERS.find((candidate) => existsSync(new URL('index.html', candidate)));
  const app = new Hono<HttpEnvironment>();
  if (folder === undefined) return app;
  for (const [name, type] of Object.entries(FILES)) {
    const content = readFileSync(new URL(name, folder), 'utf8');
    app.get(name === 'index.html' ? '/' : `/${name}`, (context) =>
      context.body(content, 200, { 'Content-Type': type }),
    );
  }
  return app;
}
