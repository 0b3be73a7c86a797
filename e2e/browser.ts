import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mayTestWith } from '@pgmcp/testing/programs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Set to a folder to look at the pages. */
const SCREENSHOTS = process.env['PGMCP_SCREENSHOTS'];

/** Whether a browser is there. Where it must be, its absence is an error. */
export function hasChromium(): boolean {
  return mayTestWith('chromium', CHROMIUM !== undefined);
}

/** A page in a real browser. */
export interface OpenPage {
  readonly browser: Browser;
  readonly page: Page;
  /** What the page has complained of: errors, and dialogs that it has opened. */
  readonly problems: readonly string[];
  /** Keeps a picture of it where somebody wants to look. */
  look(name: string): Promise<void>;
}

/** Opens a page. */
export async function openPage(url: string): Promise<OpenPage> {
  const browser = await chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  await page.goto(url);
  return {
    browser,
    page,
    problems,
    async look(name) {
      if (SCREENSHOTS === undefined) return;
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
  };
}
