import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { scaled, scaleFor, signed, tickLabels, withInterval } = await load('chart/numbers.ts');
const million = { divide: 1e6, unit: 'million people' };

test('a scale is chosen by the largest number', () => {
  assert.deepEqual(scaleFor(5.8e8, 'people'), million);
  assert.deepEqual(scaleFor(1e9, 'CNY'), { divide: 1e9, unit: 'billion CNY' });
  assert.deepEqual(scaleFor(2e4, '1'), { divide: 1e3, unit: 'thousand' });
  assert.deepEqual(scaleFor(19_999, 'sellers'), { divide: 1, unit: 'sellers' });
  assert.deepEqual(scaleFor(3e9, 'CNY/yr'), { divide: 1e9, unit: 'billion CNY a year' });
  assert.deepEqual(scaleFor(3, '1/yr'), { divide: 1, unit: 'a year' });
  assert.deepEqual(scaleFor(0.3, '', true), { divide: 0.01, unit: '%' });
  assert.deepEqual(scaleFor(0.3, 'percentage points', true), { divide: 0.01, unit: 'percentage points' });
});

test('numbers keep the digits that matter', () => {
  assert.equal(scaled(582_340_000, million), '582.3');
  assert.equal(scaled(39_000_000, million, 3), '39.0');
  assert.equal(scaled(-1_500_000, million, 3), '\u22121.50');
  assert.equal(scaled(0, million), '0');
  assert.equal(scaled(null, million), '\u2013');
  assert.equal(scaled(8, { divide: 1, unit: '' }), '8');
  assert.equal(signed(1_500_000, million), '+1.50');
  assert.equal(signed(0, million), '0');
  assert.equal(withInterval(582e6, 575e6, 590e6, million), '582.0 [575.0, 590.0]');
  assert.equal(withInterval(582e6, undefined, undefined, million), '582.0');
});

test('ticks have the decimals that their step needs', () => {
  assert.deepEqual(tickLabels([0, 1e8, 2e8], million), ['0', '100', '200']);
  assert.deepEqual(tickLabels([-2.5e5, 0, 2.5e5], million), ['\u22120.25', '0.00', '0.25']);
  assert.deepEqual(tickLabels([0, 0.05, 0.1], { divide: 0.01, unit: '%' }), ['0', '5', '10']);
  assert.deepEqual(tickLabels([0, 0.5, 1], { divide: 1, unit: '' }), ['0.0', '0.5', '1.0']);
});
