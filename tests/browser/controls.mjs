// Whether the page answers to mouse, keyboard and buttons.
import { readFileSync } from 'node:fs';
import { charts, tells } from './browser.mjs';
import { dateText, daysOf } from './values.mjs';

async function readout(page, id) {
  return page.locator(`#chart-${id} .readout`).evaluate((box) => ({
    when: box.querySelector('.when').firstChild.textContent,
    unit: box.querySelector('.unit')?.textContent ?? '',
    lines: [...box.querySelectorAll('li')].map((item) => ({
      label: item.querySelector('.name').textContent, value: item.querySelector('b').textContent, band: item.querySelector('.interval').textContent,
    })),
  }));
}

async function readoutIs(page, document, chart, index, findings, what) {
  const seen = await readout(page, chart.id);
  findings.equal(seen.when, dateText(document, document.time.days[index]), `${what}: date`);
  chart.lines.forEach((line, i) => {
    const value = line.mid[index];
    const of = `${what}: ${line.label}`;
    findings.equal(seen.lines[i]?.label, line.label, of);
    if (value === null) return findings.equal(seen.lines[i]?.value, '\u2013', of);
    findings.expect(tells(seen.lines[i]?.value ?? '', value, seen.unit, 3), `${of}: ${seen.lines[i]?.value} ${seen.unit} instead of ${value}`);
    if (!line.low || !line.high) return;
    const [low, high] = (seen.lines[i]?.band ?? '').slice(1, -1).split(', ');
    findings.expect(tells(low, line.low[index], seen.unit, 3) && tells(high ?? '', line.high[index], seen.unit, 3), `${of}: band ${seen.lines[i]?.band}`);
  });
}

/** Where a point of time stands on the screen. */
async function placeOf(page, document, chart, index) {
  const days = daysOf(document, chart);
  const last = days.length - 1;
  const stepper = page.locator(`#chart-${chart.id} .stepper`);
  await stepper.scrollIntoViewIfNeeded();
  const box = await stepper.locator('svg').boundingBox();
  // The plot reaches from end to end of a line of its grid, in units of the drawing.
  const [left, right, width] = await stepper.locator('svg').evaluate((svg) => {
    const grid = svg.querySelector('line');
    return [Number(grid.getAttribute('x1')), Number(grid.getAttribute('x2')), svg.viewBox.baseVal.width];
  });
  const place = left + ((days[index] - days[0]) / (days[last] - days[0])) * (right - left);
  return [box.x + (place * box.width) / width, box.y + box.height / 2];
}

async function checkMouse(page, document, chart, findings) {
  const last = daysOf(document, chart).length - 1;
  const index = Math.round(0.6 * last);
  await page.mouse.move(...(await placeOf(page, document, chart, index)));
  await readoutIs(page, document, chart, index, findings, `${chart.id} under the mouse`);
  findings.equal(await page.locator(`#chart-${chart.id} .cursor`).count(), 1, `${chart.id}: a cursor under the mouse`);
  await page.mouse.move(2, 2);
  await readoutIs(page, document, chart, last, findings, `${chart.id} after the mouse`);
}

/** A tap reads a point, and the reading stays. On a phone several points of time may share a pixel. */
export async function checkTouch(page, document, findings) {
  if (!charts(document, 'lines').length) return;
  const chart = charts(document, 'lines')[0];
  const index = Math.round(0.4 * (daysOf(document, chart).length - 1));
  await page.touchscreen.tap(...(await placeOf(page, document, chart, index)));
  const { when } = await readout(page, chart.id);
  const near = [-1, 0, 1].map((by) => dateText(document, document.time.days[index + by]));
  findings.expect(near.includes(when), `${chart.id} under a finger: ${when} instead of ${near[1]}`);
}

async function checkKeys(page, document, chart, findings) {
  const days = daysOf(document, chart);
  const last = days.length - 1;
  const before = Math.max(0, last - 1);
  const stepper = page.locator(`#chart-${chart.id} .stepper`);
  await stepper.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight');
  await readoutIs(page, document, chart, Math.min(3, last), findings, `${chart.id} by the arrow keys`);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await readoutIs(page, document, chart, before, findings, `${chart.id} by the End key`);
  findings.equal(await stepper.getAttribute('aria-valuenow'), String(before + 1), `${chart.id}: value of the slider`);
  const said = await page.locator(`#chart-${chart.id} [aria-live=polite]`).innerText();
  const complete = said.startsWith(dateText(document, days[before])) && chart.lines.every((line) => said.includes(line.label));
  findings.expect(complete, `${chart.id}: says "${said}"`);
  await page.keyboard.press('Escape');
  await readoutIs(page, document, chart, last, findings, `${chart.id} after Escape`);
}

/** Where the cursor meets a point of the record, the read-out says it, and so does the voice. */
async function checkRecord(page, document, chart, findings) {
  const days = daysOf(document, chart);
  const mark = (chart.marks ?? []).find((each) => each.value !== null && each.day > days[0] && each.day < days[days.length - 1]);
  if (!mark) return;
  const index = days.reduce((best, day, i) => (Math.abs(day - mark.day) < Math.abs(days[best] - mark.day) ? i : best), 0);
  await page.mouse.move(...(await placeOf(page, document, chart, index)));
  const { lines, unit } = await readout(page, chart.id);
  const seen = lines.find((line) => line.label === mark.label);
  findings.expect(seen && tells(seen.value, mark.value, unit, 3), `${chart.id}: the record under the mouse: ${JSON.stringify(lines)}`);
  await page.mouse.move(2, 2);
}

async function checkYears(page, chart, findings) {
  await page.locator(`#chart-${chart.id} .stepper`).focus();
  await page.keyboard.press('Home');
  const when = await page.locator(`#chart-${chart.id} .readout .when`).evaluate((caption) => caption.firstChild.textContent);
  findings.equal(when, chart.categories[0], `${chart.id}: first year by the Home key`);
  const cells = await page.locator(`#chart-${chart.id} .readout tbody tr`).evaluateAll((rows) => rows.map((row) => row.cells[1].textContent));
  const unit = await page.locator(`#chart-${chart.id} .readout .unit`).allInnerTexts();
  findings.equal(cells.length, chart.groups.length, `${chart.id}: rows of the first year`);
  chart.groups.forEach((group, i) =>
    findings.expect(tells(cells[i] ?? '', group.values[0][0] ?? 0, unit[0] ?? '', 3), `${chart.id}: ${group.label} in the first year: ${cells[i]}`));
}

export async function checkPointing(page, document, findings) {
  for (const chart of charts(document, 'lines').slice(0, 3)) {
    await readoutIs(page, document, chart, daysOf(document, chart).length - 1, findings, `${chart.id} at rest`);
    await checkMouse(page, document, chart, findings);
    await checkKeys(page, document, chart, findings);
    await checkRecord(page, document, chart, findings);
  }
  for (const chart of charts(document, 'bars').slice(0, 1)) await checkYears(page, chart, findings);
}

export async function checkToggles(page, document, findings) {
  if (!document.worlds.length) return findings.equal(await page.locator('.legend').count(), 0, 'a legend of no worlds');
  const chart = charts(document, 'lines')[0];
  const drawn = () => page.locator(`#chart-${chart.id} path.line`).evaluateAll((paths) => paths.map((path) => path.dataset.label).join('|'));
  const all = await drawn();
  for (const [legend, key, names] of [['Worlds', 'world', document.worlds], ['Platforms', 'platform', document.platforms]]) {
    const boxes = page.getByRole('group', { name: legend }).getByRole('checkbox');
    findings.equal(await boxes.count(), names.length, `boxes of ${legend}`);
    const hidden = names.length - 1;
    await boxes.nth(hidden).focus();
    await page.keyboard.press('Space');
    const left = chart.lines.filter((line) => line[key] !== hidden).map((line) => line.label).join('|');
    findings.equal(await drawn(), left, `lines without ${names[hidden].id}`);
    await page.keyboard.press('Space');
    findings.equal(await drawn(), all, `lines with ${names[hidden].id} again`);
  }
  const boxes = await page.getByRole('group', { name: 'Worlds' }).getByRole('checkbox').all();
  for (const box of boxes) await box.uncheck();
  findings.equal(await drawn(), '', 'lines of no world');
  findings.expect((await page.locator(`#chart-${chart.id} svg`).first().textContent()).includes('Nothing is chosen'), 'says that nothing is chosen');
  for (const box of boxes) await box.check();
}

async function download(page, id, kind) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`#chart-${id}`).getByRole('button', { name: `Save ${kind}` }).click()]);
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

export async function checkPictures(page, document, findings) {
  const chosen = ['lines', 'bars', 'intervals', 'scatter', 'heat', 'effects'].map((kind) => charts(document, kind)[0]).filter(Boolean);
  const texts = [];
  for (const chart of chosen) {
    const svg = await download(page, chart.id, 'SVG');
    const of = `picture of ${chart.id}`;
    findings.equal(svg.name, `${chart.id}.svg`, `${of}: name`);
    const text = svg.content.toString('utf8');
    texts.push(text);
    findings.expect(!/var\(--|undefined|NaN/.test(text), `${of}: has values that are none`);
    const seen = await page.evaluate((source) => {
      const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
      const root = parsed.documentElement;
      return {
        root: root.localName, title: root.querySelector('title')?.textContent, width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')),
        ground: root.querySelector('rect')?.getAttribute('style'), lines: root.querySelectorAll('path.line').length, bars: root.querySelectorAll('.bar').length,
      };
    }, text);
    findings.equal(seen.root, 'svg', `${of}: parses`);
    findings.equal(seen.title, chart.title, `${of}: title`);
    findings.expect(/#fff(fff)?\b/.test(seen.ground ?? ''), `${of}: white ground, not ${seen.ground}`);
    if (chart.kind === 'lines') findings.equal(seen.lines, chart.lines.length, `${of}: lines`);
    else if (chart.kind === 'bars') findings.equal(seen.bars, chart.groups.flatMap((group) => group.values).flat().filter(Boolean).length, `${of}: bars`);

    const png = await download(page, chart.id, 'PNG');
    findings.equal(png.name, `${chart.id}.png`, `${of}: name`);
    findings.equal(png.content.subarray(0, 8).toString('hex'), '89504e470d0a1a0a', `${of}: a PNG`);
    findings.equal(`${png.content.readUInt32BE(16)} x ${png.content.readUInt32BE(20)}`, `${2 * seen.width} x ${2 * seen.height}`, `${of}: size`);
    const colours = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 270 });
      canvas.getContext('2d').drawImage(image, 0, 0, 480, 270);
      const { data } = canvas.getContext('2d').getImageData(0, 0, 480, 270);
      const found = new Set();
      for (let i = 0; i < data.length; i += 4) found.add(data[i] * 65536 + data[i + 1] * 256 + data[i + 2]);
      return found.size;
    }, png.content.toString('base64'));
    findings.expect(colours > 50, `${of}: is empty (${colours} colours)`);
  }
  return texts;
}

export async function checkAssumptions(page, document, findings) {
  if (!document.assumptions.length) return;
  await page.locator('.assumptions summary').click();
  const rows = page.locator('.assumptions tbody tr');
  await rows.first().waitFor();
  findings.equal(await rows.count(), document.assumptions.length, 'assumptions');
  const { key } = document.assumptions[document.assumptions.length - 1];
  await page.getByRole('searchbox').fill(key);
  const found = document.assumptions.filter((each) => `${each.key} ${each.meaning} ${each.values.join(' ')}`.toLowerCase().includes(key.toLowerCase()));
  findings.equal(await rows.count(), found.length, `assumptions found by "${key}"`);
  await page.getByRole('searchbox').fill('');
}
