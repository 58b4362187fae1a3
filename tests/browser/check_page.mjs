// Opens a page in a real browser and checks it against its document.
//   node check_page.mjs TEMPLATE              samples of one and of three worlds, put into the built template
//   node check_page.mjs --page PAGE.html...   pages that the program has written
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { drawn, Findings, launch, open } from './browser.mjs';
import { checkAssumptions, checkPictures, checkPointing, checkToggles, checkTouch } from './controls.mjs';
import { checkAccessibility, checkContrast, checkDark, checkLabels, checkPrint, checkWidth, colours } from './looks.mjs';
import { fillTemplate, sampleDocument, sparseDocument } from './sample.mjs';
import { checkDrawnSweep, checkSweepKeys, checkSweepTables, checkSweepTouch } from './sweeps.mjs';
import { checkBars, checkLines, checkTables, checkWords } from './values.mjs';

/** Everything that a page must do, whatever its document. Adds to `findings`. */
async function checkPage(browser, path, document, findings) {
  const light = await open(browser, path, {}, findings, async (page) => {
    await drawn(page);
    const [ready, nodes] = await page.evaluate(() => [performance.getEntriesByName('drawn')[0].startTime, document.querySelectorAll('*').length]);
    console.log(`${(statSync(path).size / 1e6).toFixed(2)} MB, ${nodes} elements, drawn ${ready.toFixed(0)} ms after the start`);
    await checkWords(page, document, findings);
    await checkLines(page, document, findings);
    await checkBars(page, document, findings);
    await checkTables(page, document, findings);
    await checkDrawnSweep(page, document, findings);
    await checkSweepTables(page, document, findings);
    await checkSweepKeys(page, document, findings);
    await checkLabels(page, findings, 'desktop');
    await checkWidth(page, findings, 'desktop');
    await checkPointing(page, document, findings);
    await checkToggles(page, document, findings);
    await checkAssumptions(page, document, findings);
    const seen = { colours: await colours(page), pictures: await checkPictures(page, document, findings) };
    await checkContrast(page, findings, 'light');
    await checkAccessibility(page, findings, 'light');
    return seen;
  });
  await open(browser, path, { colorScheme: 'dark' }, findings, async (page) => {
    await drawn(page);
    checkDark(light.colours, await colours(page), findings);
    const pictures = await checkPictures(page, document, findings);
    findings.expect(JSON.stringify(pictures) === JSON.stringify(light.pictures), 'pictures from a dark screen are those from a light one');
    await checkPrint(page, findings);
    await checkContrast(page, findings, 'dark');
    await checkAccessibility(page, findings, 'dark');
  });
  await open(browser, path, { viewport: { width: 360, height: 800 }, hasTouch: true }, findings, async (page) => {
    await drawn(page);
    await checkWidth(page, findings, 'phone');
    await checkLabels(page, findings, 'phone');
    await checkLines(page, document, findings);
    await checkDrawnSweep(page, document, findings);
    await checkTouch(page, document, findings);
    await checkSweepTouch(page, document, findings);
    await checkAccessibility(page, findings, 'phone');
  });
}

async function checkEmpty(browser, template, findings) {
  await open(browser, template, {}, findings, async (page) => {
    findings.equal(await page.locator('h1').innerText(), 'No data in this page yet', 'what the empty template says');
    await checkAccessibility(page, findings, 'empty');
  });
}

/** The document that stands in a page. */
function documentIn(path) {
  const text = readFileSync(path, 'utf8');
  const [, found] = /<script type="application\/json" id="document">([\s\S]*?)<\/script>/.exec(text) ?? [];
  if (!found) throw new Error(`${path} holds no document`);
  return JSON.parse(found);
}

const [first, ...pages] = process.argv.slice(2);
if (!first || (first === '--page' && !pages.length)) {
  console.error('usage: node check_page.mjs TEMPLATE | --page PAGE.html...');
  process.exit(2);
}
const findings = new Findings();
const scratch = mkdtempSync(join(tmpdir(), 'spillway-browser-'));
const browser = await launch();
try {
  if (first === '--page') {
    for (const page of pages) await checkPage(browser, resolve(page), documentIn(page), findings);
  } else {
    findings.expect(statSync(first).size < 300_000, 'the template is under 300 kB');
    await checkEmpty(browser, resolve(first), findings);
    for (const sample of [sparseDocument(), sampleDocument()]) {
      const path = join(scratch, `${sample.worlds.length}.html`);
      writeFileSync(path, fillTemplate(readFileSync(first, 'utf8'), sample));
      findings.expect(statSync(path).size < 3_000_000, 'a page of three worlds is under 3 MB');
      await checkPage(browser, path, sample, findings);
    }
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
for (const what of findings.wrong.slice(0, 40)) console.log(`FAILED: ${what}`);
console.log(`${findings.right} passed, ${findings.wrong.length} failed`);
process.exit(findings.wrong.length ? 1 : 0);
