import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { dateText, nearest, timeTicks, yearEnds } = await load('chart/dates.ts');

test('days are dates, in every time zone', () => {
  assert.equal(dateText('2009-08-14', 0), '14 Aug 2009');
  assert.equal(dateText('2009-08-14', 1930), '26 Nov 2014');
});

test('the ends of years are the last points of each year, and the very last point', () => {
  const days = [0, 100, 130, 200, 500, 510];
  assert.deepEqual(yearEnds('2009-08-14', days), [2, 4, 5]);
});

test('the nearest point', () => {
  const days = [0, 7, 14];
  assert.deepEqual([-5, 3, 4, 10, 11, 99].map((day) => nearest(days, day)), [0, 0, 1, 1, 2, 2]);
});

test('ticks are firsts of years where there is room for years only', () => {
  assert.deepEqual(timeTicks('2009-08-14', 0, 2695, 8).map((tick) => tick.label), ['2010', '2011', '2012', '2013', '2014', '2015', '2016']);
  assert.deepEqual(timeTicks('2009-08-14', 0, 2695, 4).map((tick) => tick.label), ['2010', '2012', '2014', '2016']);
  assert.equal(timeTicks('2009-08-14', 0, 2695, 8)[0].day, 140);
});

test('ticks are months or days in short runs, and never too many', () => {
  assert.deepEqual(timeTicks('2011-11-20', 0, 120, 6).map((tick) => tick.label), ['Dec', '2012', 'Feb', 'Mar']);
  assert.deepEqual(timeTicks('2011-01-01', 0, 4, 6).map((tick) => tick.label), ['1 Jan', '2 Jan', '3 Jan', '4 Jan', '5 Jan']);
  for (const span of [0, 1, 30, 365, 1000, 4000, 40_000]) assert.ok(timeTicks('2009-08-14', 0, span, 6).length <= 7, `${span} days`);
});
