// A real browser for the checks, and a list of what went wrong that goes on after the first.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// Packages stand in the build folder, where check_browser.sh puts them, or beside this file.
const packages = createRequire(process.env.SPILLWAY_BROWSER_MODULES ? `${process.env.SPILLWAY_BROWSER_MODULES}/` : import.meta.url);
const { chromium } = packages('playwright-core');
export const axeSource = packages('axe-core').source;

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });

export class Findings {
  wrong = [];
  right = 0;

  expect(condition, what) {
    if (condition) ++this.right;
    else this.wrong.push(what);
  }

  equal(seen, expected, what) {
    this.expect(Object.is(seen, expected), `${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
  }

  near(seen, expected, tolerance, what) {
    this.expect(Math.abs(seen - expected) <= tolerance, `${what}: ${seen} instead of ${expected} (within ${tolerance})`);
  }
}

/** Opens a page from disk, and hears everything it says or asks for. `use` gets it once it is drawn. */
export async function open(browser, path, options, findings, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const address = pathToFileURL(path).href;
  page.on('console', (message) => findings.expect(false, `the console says: ${message.text()}`));
  page.on('pageerror', (error) => findings.expect(false, `an error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    findings.expect(url.split('#')[0] === address || /^(data|blob):/.test(url), `the page asks for ${url.slice(0, 100)}`);
  });
  try {
    await page.goto(address);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** All charts stand, and all tables are open. */
export async function drawn(page) {
  await page.waitForFunction(() => performance.getEntriesByName('drawn').length > 0);
  // Tables are made when they are opened.
  await page.evaluate(() => document.querySelectorAll('figure details').forEach((each) => (each.open = true)));
  await page.waitForFunction(() => [...document.querySelectorAll('figure details')].every((each) => each.querySelector('table')));
}

/** The number that a text such as "−1,230" tells. */
export const numberOf = (text) => Number(text.replaceAll(',', '').replace('\u2212', '-').replace('+', ''));

/** What one unit on an axis or in a table stands for, from its words. */
export function sizeOf(unit) {
  if (/^%$|points/.test(unit)) return 0.01;
  const word = unit.split(' ')[0];
  return { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 }[word] ?? 1;
}

/** Whether a text tells a value in numbers of `unit`, rounded to so many digits (either way where it lies just between). */
export function tells(text, value, unit, digits) {
  const exact = value / sizeOf(unit);
  const step = exact === 0 ? 1e-300 : 10 ** (Math.floor(Math.log10(Math.abs(exact))) - digits + 1);
  return Math.abs(numberOf(text) - exact) <= 0.5001 * step;
}

export const charts = (document, kind) => document.sections.flatMap((section) => section.charts).filter((chart) => chart.kind === kind);
