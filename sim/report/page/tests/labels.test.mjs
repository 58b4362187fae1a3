import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { placeFlags, spread } = await load('chart/labels.ts');
const { fileName, shorten, wrap } = await load('chart/text.ts');
const byLetters = (text, size) => text.length * size * 0.5;

test('labels that do not touch stay where they are', () => {
  assert.deepEqual(spread([100, 10, 50], 16, 0, 200), [100, 10, 50]);
});

test('labels that would touch move apart around their mean, and stay inside', () => {
  assert.deepEqual(spread([50, 50], 16, 0, 200), [42, 58]);
  assert.deepEqual(spread([199, 198, 10], 16, 0, 200), [200, 184, 10]);
  assert.deepEqual(spread([0, 0, 0], 16, 0, 200), [0, 16, 32]);
});

test('too many labels share the room evenly', () => {
  assert.deepEqual(spread([5, 5, 5], 16, 0, 20), [0, 10, 20]);
});

test('flags neither cover each other nor stand in the way of another line', () => {
  const wanted = Array.from({ length: 12 }, (_, i) => ({ x: 20 + 25 * i, width: 60, text: `event ${i}` }));
  const flags = placeFlags(wanted, 4, 0, 400).filter(Boolean);
  assert.ok(flags.length >= 6);
  for (const a of flags)
    for (const b of flags) {
      if (a === b) continue;
      if (a.row === b.row) assert.ok(a.left + 60 <= b.left || b.left + 60 <= a.left, `${a.text} covers ${b.text}`);
      if (a.row < b.row) assert.ok(a.x < b.left || a.x > b.left + 60, `the line of ${a.text} runs through ${b.text}`);
      assert.ok(a.left >= 0 && a.left + 60 <= 400);
    }
});

test('texts are shortened and wrapped to a width', () => {
  assert.equal(shorten('wechat, history', 200, 12, byLetters), 'wechat, history');
  assert.equal(shorten('wechat, history', 48, 12, byLetters), 'wechat,\u2026');
  assert.deepEqual(wrap('one two three four', 60, 12, byLetters), ['one two', 'three four']);
  assert.deepEqual(wrap('one two three four five six', 60, 12, byLetters), ['one two', 'three fou\u2026']);
  assert.equal(fileName('Monthly active users', 'svg'), 'monthly_active_users.svg');
  assert.equal(fileName('微博', 'png'), 'chart.png');
});
