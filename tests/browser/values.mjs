// Whether charts and tables show the numbers of the document. What is drawn is read back through the axis that stands beside it.
import { charts, numberOf, sizeOf, tells } from './browser.mjs';

const points = (path) => [...(path ?? '').matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
const dateOf = (document, day) => new Date(Date.parse(`${document.time.start.slice(0, 10)}T00:00:00Z`) + day * 86_400_000);

export function dateText(document, day) {
  return dateOf(document, day).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).replace('Sept', 'Sep');
}

/** Lines may end before the document's time axis. */
export const daysOf = (document, chart) => document.time.days.slice(0, Math.max(1, ...chart.lines.map((line) => line.mid.length)));

/** What stands in a drawing of lines: paths by label, and the ticks of its axis. */
async function drawing(page, id) {
  return page.locator(`#chart-${id} .stepper svg`).evaluate((svg) => ({
    unit: svg.querySelector('.unit').textContent,
    grid: ['x1', 'x2'].map((name) => Number(svg.querySelector('line').getAttribute(name))),  // a line of the grid reaches over all days
    lines: [...svg.querySelectorAll('path.line')].map((path) => ({ label: path.dataset.label, d: path.getAttribute('d'), dash: path.getAttribute('stroke-dasharray') ?? '' })),
    bands: [...svg.querySelectorAll('path.band')].map((path) => path.getAttribute('d')),
    inner: [...svg.querySelectorAll('path.inner')].map((path) => path.getAttribute('d')),
    marks: [...svg.querySelectorAll('circle.mark')].map((mark) => ({ x: Number(mark.getAttribute('cx')), y: Number(mark.getAttribute('cy')), hollow: mark.dataset.hollow === 'true', fill: getComputedStyle(mark).fill })),
    tall: [...svg.querySelectorAll('path.tall')].map((path) => path.getAttribute('d')),
    flat: [...svg.querySelectorAll('path.flat')].map((path) => path.getAttribute('d')),
    key: [...svg.querySelectorAll('text.key')].map((text) => text.textContent),
    ticks: [...svg.querySelectorAll('text[text-anchor=end]')].map((text) => [Number(text.getAttribute('y')), text.textContent]),
    zero: svg.querySelectorAll('.zero').length,
    events: svg.querySelectorAll('.event').length,
  }));
}

/** Height in the drawing -> value, by the two outermost ticks. */
export function axis(ticks, unit) {
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  const [low, high] = [numberOf(first[1]) * sizeOf(unit), numberOf(last[1]) * sizeOf(unit)];
  const each = (high - low) / (last[0] - first[0]);
  return { value: (y) => low + (y - first[0]) * each, pixel: Math.abs(each) };
}

function checkPath(line, path, { value, pixel }, findings, of) {
  const there = line.mid.map((_, index) => index).filter((index) => line.mid[index] !== null);
  const seen = points(path.d);
  findings.equal(seen.length, there.length, `${of}: points`);
  const worst = there.reduce((most, index, place) => Math.max(most, Math.abs(value(seen[place]?.[1] ?? NaN) - line.mid[index])), 0);
  findings.expect(worst <= 0.3 * pixel, `${of}: off by ${worst}, a pixel is ${pixel}`);
  findings.equal(path.dash, ['', '6 3', '2 2', '8 3 2 3', '12 4', '1 3'][(line.dash ?? line.world ?? 0) % 6], `${of}: dash`);
  return there.length > 1 ? [[there[0], seen[0][0]], [there[there.length - 1], seen[seen.length - 1][0]]] : [];
}

/** Where lines begin and end must fit one scale of time. */
function checkPlaces(days, edges, findings, of) {
  edges.sort((a, b) => a[0] - b[0]);
  if (!edges.length) return;
  const [from, to] = [edges[0], edges[edges.length - 1]];
  const each = (to[1] - from[1]) / (days[to[0]] - days[from[0]]);
  for (const [index, x] of edges) findings.near(x, from[1] + (days[index] - days[from[0]]) * each, 0.3, `${of}: place of day ${days[index]}`);
}

function checkBand(low, high, path, { value, pixel }, findings, of) {
  const heights = points(path).map(([, y]) => value(y));
  const numbers = [...low, ...high].filter((number) => number !== null);
  if (!numbers.length) return;
  findings.near(Math.max(...heights), Math.max(...numbers), 0.3 * pixel, `${of}: top of the band`);
  findings.near(Math.min(...heights), Math.min(...numbers), 0.3 * pixel, `${of}: bottom of the band`);
}

/** Points of the record stand at their days and values, with their bars, and are told apart without colour. */
function checkMarks(chart, days, seen, across, { value, pixel }, findings, of) {
  const inside = (chart.marks ?? []).filter((mark) => mark.value !== null && mark.day >= days[0] && mark.day <= days[days.length - 1]);
  findings.equal(seen.marks.length, inside.length, `${of}: marks`);
  if (!inside.length) return findings.equal(seen.key.length, 0, `${of}: no key to marks`);
  const tall = inside.filter((mark) => mark.low !== null);
  const flat = inside.filter((mark) => mark.days > 0);
  findings.equal(seen.tall.length, tall.length, `${of}: upright bars`);
  findings.equal(seen.flat.length, flat.length, `${of}: level bars`);
  inside.forEach((mark, i) => {
    const what = `${of}, mark on day ${mark.day}`;
    findings.near(seen.marks[i]?.y === undefined ? NaN : value(seen.marks[i].y), mark.value, 0.5 * pixel, `${what}: value`);
    findings.near(seen.marks[i]?.x, across(mark.day), 0.5, `${what}: day`);
    findings.equal(seen.marks[i]?.hollow, mark.hollow, `${what}: hollow`);
  });
  const fills = (hollow) => new Set(seen.marks.filter((mark) => mark.hollow === hollow).map((mark) => mark.fill));
  for (const fill of fills(true)) findings.expect(!fills(false).has(fill), `${of}: hollow and filled marks are ${fill}`);
  tall.forEach((mark, i) => {
    const [, top, bottom] = /^M[\d.-]+,([\d.-]+)V([\d.-]+)/.exec(seen.tall[i] ?? '') ?? [];
    findings.near(value(Number(top)), mark.high, 0.5 * pixel, `${of}: top of the bar on day ${mark.day}`);
    findings.near(value(Number(bottom)), mark.low, 0.5 * pixel, `${of}: bottom of the bar on day ${mark.day}`);
  });
  flat.forEach((mark, i) => {
    const [, left, right] = /^M([\d.-]+),[\d.-]+H([\d.-]+)/.exec(seen.flat[i] ?? '') ?? [];
    findings.near(Number(left), across(Math.max(days[0], mark.day - mark.days)), 0.5, `${of}: left end of the bar on day ${mark.day}`);
    findings.near(Number(right), across(Math.min(days[days.length - 1], mark.day + mark.days)), 0.5, `${of}: right end of the bar on day ${mark.day}`);
  });
  const [filled, hollow, bar] = chart.mark_names;
  const key = [[filled, inside.some((mark) => !mark.hollow)], [hollow, inside.some((mark) => mark.hollow)], [bar, tall.length + flat.length > 0]].filter(([, there]) => there).map(([name]) => name);
  findings.equal(seen.key.join('|'), key.join('|'), `${of}: key to the marks`);
}

export async function checkLines(page, document, findings) {
  for (const chart of charts(document, 'lines')) {
    const days = daysOf(document, chart);
    const inside = document.events.filter((event) => event.day >= days[0] && event.day <= days[days.length - 1]);
    const seen = await drawing(page, chart.id);
    const of = `chart ${chart.id}`;
    findings.equal(seen.lines.map((line) => line.label).join('|'), chart.lines.map((line) => line.label).join('|'), `${of}: its lines`);
    findings.expect(seen.ticks.length > 1, `${of}: an axis`);
    if (seen.lines.length !== chart.lines.length || seen.ticks.length < 2) continue;
    const scale = axis(seen.ticks, seen.unit);
    const edges = chart.lines.flatMap((line, i) => checkPath(line, seen.lines[i], scale, findings, `${of}, ${line.label}`));
    checkPlaces(days, edges, findings, of);
    const banded = chart.lines.filter((line) => line.low && line.high);
    const bands = seen.bands.length === banded.length ? banded : [];
    findings.expect(seen.bands.length === banded.filter((line) => line.low.some((low) => low !== null)).length, `${of}: bands`);
    bands.forEach((line, i) => checkBand(line.low, line.high, seen.bands[i], scale, findings, `${of}, ${line.label}`));
    const narrow = chart.lines.filter((line) => line.inner_low && line.inner_high);
    findings.equal(seen.inner.length, narrow.length, `${of}: narrower bands`);
    narrow.forEach((line, i) => checkBand(line.inner_low, line.inner_high, seen.inner[i], scale, findings, `${of}, ${line.label}, inside`));
    const { grid } = seen;
    const across = (day) => grid[0] + ((day - days[0]) / (days[days.length - 1] - days[0])) * (grid[1] - grid[0]);
    checkMarks(chart, days, seen, across, scale, findings, of);
    if (chart.zero === false) findings.equal(seen.zero, 1, `${of}: a line at zero`);
    findings.equal(seen.events, inside.length, `${of}: events`);
  }
}

export async function checkBars(page, document, findings) {
  for (const chart of charts(document, 'bars')) {
    const seen = await page.locator(`#chart-${chart.id} .stepper svg`).evaluate((svg) => ({
      unit: svg.querySelector('.unit').textContent,
      ticks: [...svg.querySelectorAll('text[text-anchor=end]')].map((text) => [Number(text.getAttribute('y')), text.textContent]),
      bars: [...svg.querySelectorAll('.bar')].map((bar) => ({ ...bar.dataset, height: Number(bar.querySelector('rect').getAttribute('height')) })),
    }));
    const of = `chart ${chart.id}`;
    // The ticks of the first panel: the next one begins at the lowest value again.
    const end = seen.ticks.findIndex(([, text], i) => i > 0 && text === seen.ticks[0][1]);
    const ticks = end > 0 ? seen.ticks.slice(0, end) : seen.ticks;
    const { pixel } = axis(ticks, seen.unit);
    const heights = new Map(seen.bars.map((bar) => [`${bar.group}/${bar.category}/${bar.stack}`, bar.height]));
    for (const group of chart.groups)
      group.values.forEach((values, category) => values.forEach((value, stack) => {
        const height = heights.get(`${group.label}/${category}/${stack}`) ?? 0;
        findings.near(height * pixel, Math.abs(value ?? 0), 0.2 * pixel, `${of}, ${group.label}, ${chart.categories[category]}, ${chart.stacks[stack]}`);
      }));
  }
}

const yearEnds = (document, chart) => {
  const days = daysOf(document, chart);
  const year = (index) => dateOf(document, days[index]).getUTCFullYear();
  return days.map((_, index) => index).filter((index) => index + 1 === days.length || year(index) !== year(index + 1));
};

export async function tableOf(page, id) {
  return page.locator(`#chart-${id} details table`).evaluate((table) => ({
    caption: table.caption.textContent,
    head: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
    rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)),
  }));
}

export function cellIs(findings, text, numbers, unit, what) {
  const seen = [...text.matchAll(/[\u2212-]?[\d,.]*\d/g)].map((match) => match[0]);
  const expected = numbers.filter((number) => number !== null && number !== undefined);
  const good = seen.length === expected.length && expected.every((number, i) => tells(seen[i], number, unit, 4));
  findings.expect(good, `${what}: "${text}" instead of ${JSON.stringify(expected)} in ${unit || 'ones'}`);
}

/** Tables whose cells the document gives say them as they are. */
async function checkGivenTables(page, document, findings) {
  for (const chart of document.sections.flatMap((section) => section.charts).filter((each) => each.table)) {
    const table = await tableOf(page, chart.id);
    findings.equal(table.caption, chart.title, `table of ${chart.id}: caption`);
    findings.equal(JSON.stringify(table.head), JSON.stringify(chart.table.head), `table of ${chart.id}: head`);
    findings.equal(JSON.stringify(table.rows), JSON.stringify(chart.table.rows), `table of ${chart.id}: cells`);
  }
}

export async function checkTables(page, document, findings) {
  await checkGivenTables(page, document, findings);
  for (const chart of charts(document, 'lines').filter((each) => !each.table)) {
    const table = await tableOf(page, chart.id);
    const unit = /, ([^,]*?)( \[band\])?$/.exec(table.caption)?.[1] ?? '';
    const ends = yearEnds(document, chart);
    findings.equal(table.rows.length, ends.length, `table of ${chart.id}: rows`);
    ends.forEach((index, row) => {
      findings.equal(table.rows[row]?.[0], dateText(document, document.time.days[index]), `table of ${chart.id}: date`);
      chart.lines.forEach((line, i) => {
        const numbers = line.mid[index] === null ? [] : [line.mid[index], line.low?.[index], line.high?.[index]];
        cellIs(findings, table.rows[row]?.[i + 1] ?? '', numbers, unit, `table of ${chart.id}: ${line.label} on day ${document.time.days[index]}`);
      });
    });
  }
  for (const chart of charts(document, 'bars')) {
    const table = await tableOf(page, chart.id);
    const unit = /, ([^,]*)$/.exec(table.caption)?.[1] ?? '';
    findings.equal(table.rows.length, chart.categories.length * chart.groups.length, `table of ${chart.id}: rows`);
    chart.categories.forEach((category, year) => chart.groups.forEach((group, g) => {
      const row = table.rows[year * chart.groups.length + g] ?? [];
      findings.equal(`${row[0]} ${row[1]}`, `${category} ${group.label}`, `table of ${chart.id}: row`);
      chart.stacks.forEach((stack, s) => cellIs(findings, row[s + 2] ?? '', [group.values[year][s]], unit, `table of ${chart.id}: ${category}, ${group.label}, ${stack}`));
    }));
  }
}

/** What stands around the charts. */
export async function checkWords(page, document, findings) {
  findings.equal(await page.title(), document.title, 'title of the window');
  findings.equal(await page.locator('html').getAttribute('lang'), 'en', 'language');
  findings.equal(await page.locator('h1').innerText(), document.title, 'heading');
  findings.equal(await page.locator('.answer').innerText(), document.answer, 'answer');
  for (const detail of document.details) findings.equal(await page.getByText(detail, { exact: true }).count(), 1, `detail "${detail}"`);
  if (document.caveat) findings.expect((await page.locator('.caveat:not(.warning)').innerText()).includes(document.caveat), 'caveat');
  const warnings = await page.locator('.warning').allInnerTexts();
  findings.equal(warnings.join('|'), (document.warnings ?? []).map((warning) => `Warning. ${warning}`).join('|'), 'warnings');
  const rows = await page.locator('.differences tbody tr').evaluateAll((all) => all.map((row) => ({ verdict: row.querySelector('.verdict').textContent, muted: row.classList.contains('muted') })));
  findings.equal(rows.length, document.differences.length, 'rows of differences');
  const unsure = document.differences.filter((row) => row.verdict !== 'differs');
  findings.equal(rows.filter((row) => row.muted).length, unsure.length, 'muted differences');
  const words = { 'within noise': 'within noise', identical: 'identical', unknown: 'cannot be told' };
  for (const [verdict, word] of Object.entries(words)) {
    const expected = unsure.filter((row) => row.verdict === verdict).length;
    findings.equal(rows.filter((row) => row.verdict === word).length, expected, `differences that are ${word}, in words`);
  }
  for (const word of ['higher', 'lower']) {
    const expected = document.differences.filter((row) => row.verdict === 'differs' && (word === 'higher') === row.difference > 0).length;
    findings.equal(rows.filter((row) => row.verdict === word).length, expected, `differences that are ${word}, in words`);
  }
  findings.equal(await page.locator('.events tbody tr').count(), document.events.length, 'rows of events');
  findings.equal(await page.locator('.world').count(), document.worlds.length, 'worlds');
  const changes = document.worlds.reduce((sum, world) => sum + world.changes.length, 0);
  findings.equal(await page.locator('.changes tbody tr').count(), changes, 'changed lines');
  const footer = await page.locator('footer').innerText();
  for (const [key, value] of Object.entries(document.footer)) findings.expect(footer.includes(value), `footer: ${key}`);
}
