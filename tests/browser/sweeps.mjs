// Whether charts of sweeps show the numbers of the document, are reached by keys and by a finger, and have them in their tables.
import { charts, numberOf, sizeOf, tells } from './browser.mjs';
import { axis, cellIs, tableOf } from './values.mjs';

const move = /translate\((-?[\d.]+),(-?[\d.]+)\)/;

async function drawing(page, id) {
  return page.locator(`#chart-${id} .stepper svg`).evaluate((svg) => {
    const attributes = (element, names) => Object.fromEntries(names.map((name) => [name, element.getAttribute(name)]));
    const all = (selector, names) => [...svg.querySelectorAll(selector)].map((each) => ({ ...each.dataset, text: each.textContent, ...attributes(each, names) }));
    return {
      unit: svg.querySelector('.unit')?.textContent ?? '',
      titles: all('.title', []).map((each) => each.text),
      ticks: all('.tick', ['x', 'y']), xTicks: all('.x-tick', ['x']), yTicks: all('.y-tick', ['y']), ends: all('text[text-anchor=end]', ['y']),
      bars: [...svg.querySelectorAll('.interval-bar')].map((bar) => ({ ...bar.dataset, ...attributes(bar.querySelector('rect'), ['x', 'width']), whisker: bar.querySelector('.whisker')?.getAttribute('d'), dot: bar.querySelector('.dot')?.getAttribute('cx') })),
      zero: svg.querySelector('.zero')?.getAttribute('x1'),
      points: all('.point', ['transform']), guides: all('.guide', ['x1', 'y1', 'x2', 'y2']),
      cells: [...svg.querySelectorAll('.cell')].map((cell) => ({ ...cell.dataset, text: cell.textContent.trim(), nothing: Boolean(cell.querySelector('.nothing')), ...attributes(cell.querySelector('rect'), ['x', 'y', 'fill-opacity', 'style']) })),
      effects: all('.effect', ['transform']),
      rows: all('.row', ['y']), columns: all('.column', ['x']),
    };
  });
}

/** Place in the drawing -> value, by the outermost ticks. */
const along = (ticks, by, unit) => axis(ticks.map((tick) => [Number(tick[by]), tick.text]), unit);

async function checkIntervals(page, chart, findings) {
  const seen = await drawing(page, chart.id);
  const of = `chart ${chart.id}`;
  const { value, pixel } = along(seen.ticks, 'x', seen.unit);
  const drawn = chart.rows.length > 32 ? chart.rows.slice(0, 30) : chart.rows;  // the rest stands in the table alone
  const wanted = drawn.flatMap((row) => row.values.map((estimate, stack) => ({ row, estimate, stack }))).filter(({ estimate }) => estimate[0] !== null);
  findings.equal(seen.bars.length, wanted.length, `${of}: bars`);
  findings.near(value(Number(seen.zero)), 0, 0.5 * pixel, `${of}: the line at zero`);
  wanted.forEach(({ row, estimate, stack }, i) => {
    const bar = seen.bars[i];
    const what = `${of}, ${row.label}, ${chart.stacks[stack]}`;
    findings.equal(`${bar?.row}/${bar?.stack}`, `${row.label}/${stack}`, `${what}: order`);
    const [from, to] = [value(Number(bar?.x)), value(Number(bar?.x) + Number(bar?.width))];
    if (chart.ranges) {
      findings.near(from, estimate[1], 0.5 * pixel, `${what}: left end`);
      findings.near(to, estimate[2], 0.5 * pixel, `${what}: right end`);
      return findings.near(value(Number(bar?.dot)), estimate[0], 0.5 * pixel, `${what}: dot`);
    }
    findings.near(from, Math.min(0, estimate[0]), 0.5 * pixel, `${what}: left end`);
    findings.near(to, Math.max(0, estimate[0]), 0.5 * pixel, `${what}: right end`);
    if (estimate[1] === null) return findings.equal(bar?.whisker, undefined, `${what}: no interval`);
    const [, low, high] = /^M(-?[\d.]+),[\d.]+H(-?[\d.]+)/.exec(bar?.whisker ?? '') ?? [];
    findings.near(value(Number(low)), estimate[1], 0.5 * pixel, `${what}: low`);
    findings.near(value(Number(high)), estimate[2], 0.5 * pixel, `${what}: high`);
  });
}

async function checkScatter(page, chart, findings) {
  const seen = await drawing(page, chart.id);
  const of = `chart ${chart.id}`;
  const unit = /\(([^()]*)\)$/.exec(seen.titles[0])?.[1] ?? '';
  const [x, y] = [along(seen.xTicks, 'x', unit), along(seen.yTicks, 'y', unit)];
  findings.equal(seen.points.map((point) => point.label).join('|'), chart.points.map((point) => point.label).join('|'), `${of}: points`);
  chart.points.forEach((point, i) => {
    const [, left, top] = move.exec(seen.points[i]?.transform ?? '') ?? [];
    findings.near(x.value(Number(left)), point.x[0], x.pixel, `${of}, ${point.label}: across`);
    findings.near(y.value(Number(top)), point.y[0], y.pixel, `${of}, ${point.label}: upwards`);
  });
  chart.guides.forEach(({ slope, label }, i) => {
    const guide = seen.guides[i];
    const [right, up] = [x.value(Number(guide?.x2)), y.value(Number(guide?.y2))];
    findings.near(up, slope * right, 2 * y.pixel, `${of}: the line ${label}`);
  });
}

async function checkHeat(page, chart, findings) {
  const seen = await drawing(page, chart.id);
  const of = `chart ${chart.id}`;
  const known = chart.cells.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const both = low < 0 && high > 0;
  findings.equal(seen.cells.length, chart.cells.length, `${of}: cells`);
  findings.equal(seen.rows.map((row) => row.text).join('|').length > 0, true, `${of}: names of rows`);
  chart.cells.forEach((value, i) => {
    const cell = seen.cells[i];
    const what = `${of}, cell ${i}`;
    if (value === null) return findings.expect(cell?.nothing, `${what}: is crossed out`);
    const share = both ? Math.abs(value) / Math.max(-low, high) : (value - low) / (high - low);
    findings.near(Number(cell?.['fill-opacity']), share, 0.001, `${what}: how dark`);
    findings.expect(cell?.style.includes(both && value < 0 ? '--heat-down' : '--heat-up'), `${what}: colour`);
    if (cell?.text) findings.near(numberOf(cell.text) * sizeOf(seen.unit), value, (high - low) / 25, `${what}: number`);
  });
  // Numbers and dates rise to the right and upwards, words are read downwards.
  const columns = chart.axes[0].values.length;
  const place = (i, by) => Number(seen.cells[i]?.[by]);
  findings.expect(place(1, 'x') > place(0, 'x'), `${of}: to the right`);
  findings.equal(place(columns, 'y') < place(0, 'y'), chart.axes[1].kind !== 'word', `${of}: upwards`);
  const wide = await page.locator(`#chart-${chart.id}`).evaluate((figure) => figure.clientWidth);
  if (wide > 700) findings.equal(seen.cells.filter((cell) => cell.text).length, known.length, `${of}: numbers in cells`);
}

async function checkEffects(page, chart, findings) {
  const seen = await drawing(page, chart.id);
  const of = `chart ${chart.id}`;
  const columns = await page.locator(`#chart-${chart.id} .stepper svg text.panel`).evaluateAll((titles) => new Set(titles.map((title) => title.getAttribute('x'))).size);
  const of_first = seen.ends.slice(0, seen.ends.findIndex((tick, i) => i > 0 && tick.text === seen.ends[0].text) >>> 0);
  const { value, pixel } = along(of_first, 'y', seen.unit);
  const height = 150 + 40 + 34;  // from row to row of panels
  chart.panels.forEach((panel, p) => panel.values.forEach((estimate, place) => {
    const point = seen.effects.find((each) => Number(each.panel) === p && Number(each.place) === place);
    if (estimate[0] === null) return findings.equal(point, undefined, `${of}: nothing known`);
    const [, , top] = move.exec(point?.transform ?? '') ?? [];
    findings.near(value(Number(top) - height * Math.floor(p / columns)), estimate[0], pixel, `${of}, ${panel.axis.title} ${panel.axis.labels[place]}`);
  }));
}

export async function checkDrawnSweep(page, document, findings) {
  for (const chart of charts(document, 'intervals')) await checkIntervals(page, chart, findings);
  for (const chart of charts(document, 'scatter')) await checkScatter(page, chart, findings);
  for (const chart of charts(document, 'heat')) await checkHeat(page, chart, findings);
  for (const chart of charts(document, 'effects')) await checkEffects(page, chart, findings);
}

export async function checkSweepTables(page, document, findings) {
  const unitOf = (table) => /, ([^,]*?)( \[\w+\])?$/.exec(table.caption)?.[1] ?? '';
  const known = (estimate) => (estimate[0] === null ? [] : estimate);
  for (const chart of charts(document, 'intervals').filter((each) => !each.table)) {
    const table = await tableOf(page, chart.id);
    chart.rows.forEach((row, r) => {
      const cells = table.rows[r] ?? [];
      findings.equal(cells[0], row.label, `table of ${chart.id}: factor`);
      row.values.forEach((estimate, s) => cellIs(findings, cells[cells.length - chart.stacks.length + s] ?? '', known(estimate), unitOf(table), `table of ${chart.id}: ${row.label}`));
    });
  }
  for (const chart of charts(document, 'scatter')) {
    const table = await tableOf(page, chart.id);
    chart.points.forEach((point, r) => {
      for (const [at, estimate] of [[2, point.x], [3, point.y]]) cellIs(findings, table.rows[r]?.[at] ?? '', known(estimate), unitOf(table), `table of ${chart.id}: ${point.label}`);
      findings.equal(table.rows[r]?.[1], point.role, `table of ${chart.id}: role of ${point.label}`);
    });
  }
  for (const chart of charts(document, 'heat')) {
    const table = await tableOf(page, chart.id);
    const [across, upwards] = chart.axes;
    findings.equal(table.head.slice(1).join('|'), across.labels.join('|'), `table of ${chart.id}: columns`);
    for (const cells of table.rows) {
      const row = upwards.labels.indexOf(cells[0]);
      across.labels.forEach((label, column) => {
        const value = chart.cells[row * across.labels.length + column];
        cellIs(findings, cells[column + 1], value === null ? [] : [value], unitOf(table), `table of ${chart.id}: ${cells[0]}, ${label}`);
      });
    }
  }
  for (const chart of charts(document, 'effects')) {
    const table = await tableOf(page, chart.id);
    const wanted = chart.panels.flatMap((panel) => panel.values.map((estimate, place) => ({ panel, estimate, place })));
    wanted.forEach(({ panel, estimate, place }, r) => {
      findings.equal(table.rows[r]?.[2], panel.axis.labels[place], `table of ${chart.id}: value`);
      cellIs(findings, table.rows[r]?.[3] ?? '', known(estimate), unitOf(table), `table of ${chart.id}: ${panel.axis.title}`);
    });
  }
  const factors = await page.locator('.factors tbody tr').evaluateAll((rows) => rows.map((row) => row.textContent.replace(/\s+/g, ' ')));
  (document.factors ?? []).forEach((factor, i) => {
    for (const part of [factor.label, factor.name, factor.role, factor.distribution, factor.meaning])
      findings.expect(factors[i]?.includes(part), `factor ${factor.name}: "${part}"`);
  });
}

async function readout(page, id) {
  return page.locator(`#chart-${id} .readout`).evaluate((box) => ({
    when: box.querySelector('.when').firstChild.textContent, unit: box.querySelector('.unit')?.textContent ?? '',
    values: [...box.querySelectorAll('b')].map((value) => value.textContent),
  }));
}

async function press(page, id, keys) {
  await page.locator(`#chart-${id} .stepper`).focus();
  for (const key of keys) await page.keyboard.press(key);
  return { ...(await readout(page, id)), said: await page.locator(`#chart-${id} [aria-live=polite]`).innerText(), cursor: await page.locator(`#chart-${id} .stepper .cursor`).count() };
}

const first = (text) => /[\u2212-]?[\d,.]*\d/.exec(text)?.[0] ?? '';

export async function checkSweepKeys(page, document, findings) {
  for (const chart of charts(document, 'intervals').slice(0, 1)) {
    const rest = await readout(page, chart.id);
    findings.expect(rest.when.startsWith(chart.rows[0].label), `${chart.id} at rest: ${rest.when}`);
    const seen = await press(page, chart.id, ['ArrowDown', 'ArrowDown']);
    findings.expect(seen.when.startsWith(chart.rows[2].label) && seen.said.startsWith(chart.rows[2].label), `${chart.id} by the keys: ${seen.said}`);
    if (chart.rows[2].texts) findings.equal(seen.values[0], chart.rows[2].texts[0], `${chart.id} by the keys`);
    else findings.expect(tells(first(seen.values[0]), chart.rows[2].values[0][0], seen.unit, 3), `${chart.id} by the keys: ${seen.values[0]}`);
    findings.equal(seen.cursor, 1, `${chart.id}: a cursor`);
    findings.expect((await press(page, chart.id, ['End'])).when.startsWith(chart.rows[(chart.rows.length > 32 ? 30 : chart.rows.length) - 1].label), `${chart.id} by the End key`);
    findings.expect((await press(page, chart.id, ['Escape'])).when.startsWith(chart.rows[0].label), `${chart.id} after Escape`);
  }
  for (const chart of charts(document, 'scatter').slice(0, 1)) {
    const seen = await press(page, chart.id, ['ArrowRight']);
    findings.expect(seen.when.startsWith(chart.points[1].label), `${chart.id} by the keys: ${seen.when}`);
    findings.expect(tells(first(seen.values[1]), chart.points[1].y[0], seen.unit, 3), `${chart.id} by the keys: ${seen.values[1]}`);
  }
  for (const chart of charts(document, 'heat')) {
    const [across, upwards] = chart.axes;
    const columns = across.labels.length;
    await press(page, chart.id, ['Home']);
    const towards = upwards.kind === 'word' ? 'ArrowDown' : 'ArrowUp';
    const seen = await press(page, chart.id, ['ArrowRight', towards]);
    findings.expect(seen.when.includes(across.labels[1]) && seen.when.includes(upwards.labels[1]), `${chart.id} by the keys: ${seen.when}`);
    const value = chart.cells[columns + 1];
    if (value !== null) findings.expect(tells(first(seen.values[0]), value, seen.values[0].replace(/^\S+ /, ''), 3), `${chart.id} by the keys: ${seen.values[0]} instead of ${value}`);
    findings.expect(seen.said.includes(upwards.labels[1]), `${chart.id} says "${seen.said}"`);
    const edge = await press(page, chart.id, Array(upwards.labels.length + 2).fill(towards));
    findings.expect(edge.when.includes(upwards.labels[upwards.labels.length - 1]) && edge.when.includes(across.labels[1]), `${chart.id} at the edge: ${edge.when}`);
    await press(page, chart.id, ['Escape']);
  }
  for (const chart of charts(document, 'effects').slice(0, 1)) {
    const count = chart.panels[0].values.length;
    const seen = await press(page, chart.id, ['Home', ...Array(count).fill('ArrowRight')]);
    if (chart.panels.length > 1) findings.expect(seen.when.startsWith(chart.panels[1].axis.title), `${chart.id} goes on in the next panel: ${seen.when}`);
  }
}

/** A tap reads a cell. */
export async function checkSweepTouch(page, document, findings) {
  for (const chart of charts(document, 'heat').slice(0, 1)) {
    await page.locator(`#chart-${chart.id} .stepper`).scrollIntoViewIfNeeded();
    const columns = chart.axes[0].labels.length;
    const box = await page.locator(`#chart-${chart.id} .cell[data-place="${columns + 2}"] rect`).boundingBox();
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    const { when } = await readout(page, chart.id);
    findings.expect(when.includes(chart.axes[0].labels[2]) && when.includes(chart.axes[1].labels[1]), `${chart.id} under a finger: ${when}`);
  }
}
