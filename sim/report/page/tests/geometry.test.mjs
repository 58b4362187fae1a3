import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { bandPath, extent, linePath, linesLayout, valueDomain } = await load('chart/lines.ts');
const { barsLayout, stacked, total } = await load('chart/bars.ts');
const { texturePath } = await load('chart/texture.ts');
const same = (value) => value;
const byLetters = (text, size) => text.length * size * 0.5;

test('a gap breaks the line and its band', () => {
  assert.equal(linePath([1, 2, null, 4, 5], [0, 1, 2, 3, 4], same, same), 'M0,1L1,2M3,4L4,5');
  assert.equal(bandPath([0, 1, null], [2, 3, 4], [0, 1, 2], same, same), 'M0,2L1,3L1,1L0,0Z');
});

test('the axis shows bands whole, and 0', () => {
  const line = { label: '', world: 0, platform: 0, part: null, mid: [5, null], low: [4, null], high: [7, null] };
  assert.deepEqual(extent([line]), [4, 7]);
  assert.equal(extent([{ ...line, mid: [null], low: undefined, high: undefined }]), null);
  assert.deepEqual([valueDomain([4, 7]), valueDomain([-3, -1]), valueDomain(null), valueDomain([0, 0])], [[0, 7], [-3, 0], [0, 1], [0, 1]]);
});

test('a chart without lines or events still has axes', () => {
  const chart = { id: 'a', title: 'a', note: '', unit: 'people', kind: 'lines', zero: true, lines: [] };
  const layout = linesLayout(chart, [0, 7, 14], '2011-01-01', { lines: [], events: [] }, 300, 290, byLetters);
  assert.ok(layout.yTicks.length > 1 && layout.xTicks.length > 0);
  assert.ok(layout.right > layout.left && layout.bottom > layout.top);
});

test('parts pile up from 0, negative ones downwards', () => {
  assert.deepEqual(stacked([1, 2, -3, null]), [{ low: 0, high: 1 }, { low: 1, high: 3 }, { low: -3, high: 0 }, { low: 3, high: 3 }]);
  assert.equal(total([1, null, 2]), 3);
  assert.equal(total([null]), null);
});

test('panels stand in rows by platform and columns by world', () => {
  const group = (world, platform) => ({ label: `${platform} ${world}`, world, platform, values: [[1, 2]] });
  const chart = { id: 'a', title: 'a', note: '', unit: 'people', kind: 'bars', categories: ['2010'], stacks: ['x', 'y'], groups: [] };
  const layout = barsLayout(chart, [group(0, 0), group(0, 1), group(1, 0), group(1, 1)], 800, byLetters);
  assert.deepEqual(layout.panels.map((panel) => panel.title), ['0 0', '0 1', '1 0', '1 1']);
  assert.equal(layout.panels[0].top, layout.panels[1].top);
  assert.equal(layout.panels[0].left, layout.panels[2].left);
  assert.equal(new Set(barsLayout(chart, [group(0, 0), group(1, 0)], 300, byLetters).panels.map((panel) => panel.left)).size, 1);
});

test('textures stay within their box', () => {
  const box = { x: 10.3, y: 20.7, width: 23.1, height: 17.9 };
  for (const kind of ['hatch', 'cross', 'dots', 'bars']) {
    const points = [...texturePath(kind, box).matchAll(/[ML]([\d.]+),([\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
    assert.ok(points.length > 4, kind);
    for (const [x, y] of points) assert.ok(x >= 10.2 && x <= 33.5 && y >= 20.6 && y <= 38.7, `${kind} ${x} ${y}`);
  }
  assert.equal(texturePath('solid', box), '');
});
