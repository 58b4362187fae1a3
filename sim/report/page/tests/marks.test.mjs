import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { daysOf, linesLayout } = await load('chart/lines.ts');
const { marksKey, placeMarks, shownMarks, withMarks } = await load('chart/marks.ts');
const { intervalsLayout } = await load('chart/intervals.ts');
const { heatLayout } = await load('chart/heat.ts');
const byLetters = (text, size) => text.length * size * 0.5;
const head = { id: 'a', title: 'a', note: '', unit: 'people' };
const mark = (day, value, more = {}) => ({ day, value, low: null, high: null, days: 0, hollow: false, label: '', ...more });
const line = { label: 'Model', world: null, platform: 0, part: null, mid: [1, 2, 3] };
const chart = { ...head, kind: 'lines', lines: [line], marks: [], mark_names: ['fitted', 'predicted', 'tolerance'] };

test('a chart shows the days of its lines', () => {
  assert.deepEqual(daysOf(chart, [0, 7, 14, 21]), [0, 7, 14]);
  assert.deepEqual(daysOf({ ...chart, lines: [] }, [0, 7]), [0, 7]);
});

test('marks beyond the days and without a value are left out', () => {
  assert.deepEqual(shownMarks([mark(-1, 1), mark(0, null), mark(3, 5), mark(15, 1)], 0, 14).map((each) => each.day), [3]);
  assert.deepEqual(shownMarks(undefined, 0, 14), []);
});

test('the axis holds marks with their bars', () => {
  assert.deepEqual(withMarks([1, 3], [mark(0, 5, { low: 4, high: 6 })]), [1, 6]);
  assert.deepEqual(withMarks(null, [mark(0, 5)]), [5, 5]);
  assert.equal(withMarks(null, []), null);
  const layout = linesLayout({ ...chart, marks: [mark(7, 40, { low: 30, high: 50 })] }, [0, 7, 14], '2011-01-01', { lines: [line], events: [] }, 700, 300, byLetters);
  assert.ok(layout.marks[0].upright[0] >= layout.top && layout.marks[0].y <= layout.bottom);
  assert.ok(layout.key.height > 0 && layout.top > layout.key.height);
});

test('bars end where the days end', () => {
  const same = (value) => value;
  const [placed] = placeMarks([mark(5, 8, { low: 7, high: 9, days: 30 })], same, same, 0, 14);
  assert.deepEqual([placed.upright, placed.level], [[9, 7], [0, 14]]);
  const [plain] = placeMarks([mark(5, 8)], same, same, 0, 14);
  assert.deepEqual([plain.upright, plain.level], [null, null]);
});

test('the key names what there is, in rows as wide as the screen', () => {
  const both = [mark(0, 1, { low: 0, high: 2 }), mark(7, 1, { hollow: true })];
  assert.deepEqual(marksKey(chart, both, 900, byLetters).entries.map((entry) => entry.text), ['fitted', 'predicted', 'tolerance']);
  assert.deepEqual(marksKey(chart, [mark(0, 1)], 900, byLetters).entries.map((entry) => entry.symbol), ['filled']);
  assert.ok(marksKey(chart, both, 120, byLetters).height > marksKey(chart, both, 900, byLetters).height);
  assert.equal(marksKey(chart, [], 900, byLetters).height, 0);
});

test('ranges lie from low to high with a dot, over 0 to 1 at least', () => {
  const rows = [{ label: 'first', role: 'main', values: [[0.3, 0.2, 0.5]], texts: ['1.9 a year'] }];
  const layout = intervalsLayout({ ...head, kind: 'intervals', percent: true, ranges: true, stacks: ['posterior'], rows }, 900, byLetters);
  const [bar] = layout.rows[0].bars;
  const at = (share) => layout.left + share * (layout.right - layout.left);
  assert.ok(Math.abs(bar.x - at(0.2)) < 1e-9 && Math.abs(bar.x + bar.width - at(0.5)) < 1e-9 && Math.abs(bar.dot - at(0.3)) < 1e-9);
  assert.deepEqual([bar.whisker, bar.text], [null, '1.9 a year']);
});

test('words under columns break into lines where they fit', () => {
  const words = (labels) => ({ title: 'a', unit: '', kind: 'word', values: labels.map((_, i) => i), labels });
  const heat = { ...head, kind: 'heat', axes: [words(['no contact import', 'no ads']), words(['x'])], cells: [1, 2] };
  const wide = heatLayout(heat, 320, byLetters);
  assert.deepEqual(wide.columns.map((column) => column.lines.join(' ')), ['no contact import', 'no ads']);
  assert.ok(wide.columns.every((column) => column.lines.every((text) => byLetters(text, 12) <= wide.cells[0].width)));
});
