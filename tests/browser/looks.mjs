// Whether the page can be seen and used by everybody: dark screens, phones, paper, screen readers.
import { axeSource } from './browser.mjs';

/** Leaves three rows of each make (elements and classes) in each table: the next thousand would take axe most of its time. */
const shortenTables = (page) => page.evaluate(() => {
  for (const body of document.querySelectorAll('tbody')) {
    const seen = new Map();
    for (const row of [...body.rows]) {
      const make = [row, ...row.querySelectorAll('*')].map((each) => `${each.tagName}.${each.getAttribute('class')}`).join(' ');
      seen.set(make, (seen.get(make) ?? 0) + 1);
      if (seen.get(make) > 3) row.remove();
    }
  }
});

/** No serious or critical finding of axe-core, with all parts open. Nothing else can be checked afterwards: tables are cut short. */
export async function checkAccessibility(page, findings, where) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
  await shortenTables(page);
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return found.map(({ id, impact, help, nodes }) => ({ id, impact, help, count: nodes.length, first: nodes[0].html.slice(0, 160), why: nodes[0].failureSummary }));
  });
  for (const each of violations)
    findings.expect(!['serious', 'critical'].includes(each.impact), `axe, ${where}: ${each.id} (${each.impact}, ${each.count}): ${each.help}: ${each.first} ${each.why}`);
  findings.expect(true, 'axe ran');
}

export const colours = (page) => page.evaluate(() => {
  const style = (selector, name) => {
    const element = document.querySelector(selector);
    return element ? getComputedStyle(element)[name] : '';
  };
  return { ground: style('html', 'backgroundColor'), text: style('.answer', 'color'), line: style('path.line, .interval-bar rect + rect, .cell rect', 'stroke'), label: style('svg text.unit', 'fill') };
});

const brightness = (colour) => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;

export function checkDark(light, dark, findings) {
  findings.expect(brightness(light.ground) > 240 && brightness(light.text) < 60, `light colours: ${JSON.stringify(light)}`);
  findings.expect(brightness(dark.ground) < 40 && brightness(dark.text) > 200, `dark colours: ${JSON.stringify(dark)}`);
  for (const key of ['line', 'label']) findings.expect(light[key] !== dark[key], `dark mode changes the colour of a ${key}`);
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

/** The number in a cell is read on every shade from the ground to the full colour. `turns` of heat.ts. */
function checkCells(seen, findings, where) {
  const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  for (const full of ['--heat-up', '--heat-down'])
    for (let step = 0; step <= 200; ++step) {
      const share = step / 200;
      const mixed = channels(seen['--surface']).map((part, i) => Math.round(part + (channels(seen[full])[i] - part) * share).toString(16).padStart(2, '0'));
      const found = contrast(seen[share < 0.75 ? '--heat-near' : '--heat-far'], `#${mixed.join('')}`);
      findings.expect(found >= 4.5, `${where}: a number on ${share} of ${full} has ${found.toFixed(2)}:1`);
    }
}

/** axe-core does not look into drawings, so their colours are checked as such: text 4.5:1, lines 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). */
export async function checkContrast(page, findings, where) {
  const names = [...Array.from({ length: 8 }, (_, i) => [`--ink-${i}`, 4.5]), ...Array.from({ length: 8 }, (_, i) => [`--line-${i}`, 3]),
    ['--text', 4.5], ['--muted', 4.5], ['--accent', 4.5], ['--warn', 4.5], ['--neutral', 3], ['--focus', 3]];
  const seen = await page.evaluate((all) => {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(all.map((name) => [name, style.getPropertyValue(name).trim()]));
  }, [...names.map(([name]) => name), '--surface', '--raised', '--heat-up', '--heat-down', '--heat-near', '--heat-far']);
  checkCells(seen, findings, where);
  for (const [name, least] of names)
    for (const ground of least > 3 ? ['--surface', '--raised'] : ['--surface']) {  // charts are never drawn on raised ground
      const found = contrast(seen[name], seen[ground]);
      findings.expect(found >= least, `${where}: ${name} on ${ground} has ${found.toFixed(2)}:1, less than ${least}:1`);
    }
}

/** Nothing wider than the screen except inside tables that scroll by themselves. */
export async function checkWidth(page, findings, where) {
  const seen = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body *')].filter((element) =>
      !element.closest('.scroll, .unseen, svg') && element.getBoundingClientRect().right > width + 0.5);
    return { scroll: document.documentElement.scrollWidth, width, wide: wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 100)) };
  });
  findings.expect(seen.scroll <= seen.width && seen.wide.length === 0, `${where}: wider than the screen: ${JSON.stringify(seen)}`);
}

/** No label (of a line's end, an event, a row, a cell's column, a value) covers another, and none leaves its drawing. */
export async function checkLabels(page, findings, where) {
  const bad = await page.evaluate(() => {
    const found = [];
    for (const svg of document.querySelectorAll('figure .stepper svg')) {
      const texts = [...svg.querySelectorAll('text.end, text.flag, text.row, text.number, text.column, text.value, text.tick')];
      const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBBox() }));
      const { width, height } = svg.viewBox.baseVal;
      boxes.forEach(({ text, box }, i) => {
        if (box.x < -1 || box.x + box.width > width + 1 || box.y < -1 || box.y + box.height > height + 1) found.push(`"${text}" leaves the drawing`);
        for (const other of boxes.slice(i + 1)) {
          const [a, b] = [box, other.box];
          // Boxes of text are taller than its letters.
          if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4)
            found.push(`"${text}" covers "${other.text}"`);
        }
      });
    }
    return found;
  });
  findings.expect(bad.length === 0, `${where}: ${bad.slice(0, 5).join('; ')}`);
}

/** A4, more than a page, in light colours, without buttons. */
export async function checkPrint(page, findings) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  findings.expect(pdf.startsWith('%PDF-'), 'a PDF');
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  findings.expect(pages > 1, `printed pages: ${pages}`);
  const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/.exec(pdf);
  findings.expect(box && Math.abs(box[1] - 595.3) < 1 && Math.abs(box[2] - 841.9) < 1, `printed on A4, not on ${box?.[0]}`);
  await page.emulateMedia({ media: 'print' });
  const { ground } = await colours(page);
  findings.expect(!/^rgb\((\d|[1-9]\d), /.test(ground), `printed ground is ${ground}`);
  findings.equal(await page.locator('button:visible').count(), 0, 'buttons in print');
  await page.emulateMedia({ media: 'screen' });
}
