import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { intervalsLayout } = await load('chart/intervals.ts');
const { scatterLayout } = await load('chart/scatter.ts');
const { cellText, heatLayout, placeOf, shadeOf } = await load('chart/heat.ts');
const { effectsLayout } = await load('chart/effects.ts');
const { extentOf, level, roleMark, rolesOf } = await load('chart/roles.ts');
const byLetters = (text, size) => text.length * size * 0.5;
const head = { id: 'a', title: 'a', note: '', unit: 'people' };
const axis = (values, kind = 'number') => ({ title: 'a', unit: '', kind, values, labels: values.map(String) });

test('ranges include intervals, and 0 where bars start', () => {
  assert.deepEqual(extentOf([[3, 2, 5], [4, null, null]], false), [2, 5]);
  assert.deepEqual(extentOf([[3, 2, 5]], true), [0, 5]);
  assert.deepEqual(extentOf([[null, null, null]], false), [0, 1]);
  assert.deepEqual(extentOf([[4, null, null]], false), [2, 6]);
});

test('numbers of a column have the decimals of the largest', () => {
  const scale = { divide: 1e6, unit: 'million' };
  assert.equal(level([3.2e7, 3.1e7, 3.3e7], scale, 3.3e7), '32.0 [31.0, 33.0]');
  assert.equal(level([-4e4, null, null], scale, 3.3e7), '0.0');
  assert.equal(level([null, null, null], scale, 1), '\u2013');
});

test('marks are told apart where there are both roles', () => {
  assert.deepEqual(rolesOf([{ role: 'lever' }, { role: 'uncertainty' }]), ['lever', 'uncertainty']);
  assert.deepEqual(rolesOf([{ role: 'lever' }, { role: 'lever' }]), []);
  assert.notEqual(roleMark('lever'), roleMark('uncertainty'));
});

test('bars start at 0 and end at their values, on wide and on narrow screens', () => {
  const rows = [{ label: 'first', role: 'lever', values: [[0.8, 0.7, 0.9], [1, 0.9, 1.1]] }, { label: 'second', role: 'lever', values: [[-0.2, -0.3, -0.1], [null, null, null]] }];
  for (const width of [300, 900]) {
    const layout = intervalsLayout({ ...head, kind: 'intervals', percent: true, stacks: ['alone', 'total'], rows }, width, byLetters);
    assert.equal(layout.rows[0].bars.length, 2);
    assert.equal(layout.rows[1].bars.length, 1);
    const [positive] = layout.rows[0].bars;
    const [negative] = layout.rows[1].bars;
    assert.ok(Math.abs(positive.x - layout.zero) < 1e-9 && Math.abs(negative.x + negative.width - layout.zero) < 1e-9);
    assert.ok(Math.abs(positive.width / negative.width - 4) < 1e-9);
    assert.ok(positive.whisker[0] < positive.x + positive.width && positive.whisker[1] > positive.x + positive.width);
    assert.ok(layout.rows[1].top >= layout.rows[0].bars[1].y + layout.rows[0].bars[1].height);
    assert.equal(layout.rows[0].beside, width > 560);
  }
});

test('labels of points do not cover points or each other', () => {
  const points = [[10, 1], [10.2, 1.1], [9.9, 0.9], [2, 3]].map(([x, y], i) => ({ label: `factor number ${i}`, role: 'lever', x: [x, x - 1, x + 1], y: [y, null, null] }));
  const layout = scatterLayout({ ...head, kind: 'scatter', x_title: 'x', y_title: 'y', points, guides: [{ slope: 1, label: 'one' }, { slope: 0.1, label: 'tenth' }] }, 800, 400, byLetters);
  const boxes = layout.points.filter((each) => each.label).map(({ point, label }) => ({ x: label.x, y: label.y - 7, width: byLetters(point.label, 12.5), height: 14 }));
  assert.ok(boxes.length >= 3);
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1)) assert.ok(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y);
  const [steep, flat] = layout.guides;
  assert.ok(Math.abs(steep.y2 - layout.top) < 1e-9 && Math.abs(flat.x2 - layout.right) < 1e-9);
});

test('cells are darkest at the largest value, or away from 0 where it lies inside', () => {
  assert.deepEqual(shadeOf(590, [580, 600]), { share: 0.5, down: false });
  assert.deepEqual(shadeOf(-2, [-2, 4]), { share: 0.5, down: true });
  assert.deepEqual(shadeOf(4, [-2, 4]), { share: 1, down: false });
  assert.equal(cellText(5.912e8, [5.8e8, 6e8], { divide: 1e6, unit: '' }), '591.2');
  assert.equal(cellText(-0.001, [-1, 1], { divide: 1, unit: '' }), '0.00');
  assert.equal(cellText(null, [0, 1], { divide: 1, unit: '' }), '');
});

test('cells rise to the right and upwards, words go down; numbers stand in them where all fit', () => {
  const chart = (kind) => ({ ...head, kind: 'heat', axes: [axis([1, 2, 3]), axis([1, 2], kind)], cells: [1, 2, 3, 4, null, 6] });
  const numbers = heatLayout(chart('number'), 800, byLetters);
  assert.ok(numbers.cells[3].y < numbers.cells[0].y && numbers.cells[1].x > numbers.cells[0].x);
  assert.deepEqual(numbers.cells.map((cell) => cell.text), ['1.0', '2.0', '3.0', '4.0', '', '6.0']);
  assert.ok(heatLayout(chart('word'), 800, byLetters).cells[3].y > numbers.cells[0].y - numbers.cells[0].height);
  assert.equal(placeOf(chart('number'), placeOf(chart('number'), 1)), 1);
  assert.ok(heatLayout(chart('number'), 90, byLetters).cells.every((cell) => cell.text === ''));
});

test('panels share one scale; words have points only', () => {
  const panel = (kind, values) => ({ axis: axis([1, 2, 4], kind), role: 'lever', values });
  const chart = { ...head, kind: 'effects', panels: [panel('number', [[1, 0, 2], [2, 1, 3], [3, 2, 4]]), panel('word', [[1, 0, 2], [null, null, null], [3, 2, 4]])] };
  const layout = effectsLayout(chart, 800, byLetters);
  const [lines, words] = layout.panels;
  assert.equal(lines.points[0].y, words.points[0].y);
  assert.ok(lines.path && lines.band && !words.path && !words.band);
  assert.equal(words.points.length, 2);
  assert.ok(Math.abs((lines.places[2] - lines.places[0]) / (lines.places[1] - lines.places[0]) - 3) < 1e-9);
});
