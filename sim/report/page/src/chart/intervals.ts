// Where everything of a chart of horizontal bars stands: rows by factor, the most influential on top, bars from 0 with their intervals.
import { scaleLinear } from 'd3-scale';
import type { Estimate, IntervalRow, IntervalsChart, Role } from '../document';
import { defined } from './lines';
import type { Frame } from './frame';
import { keyOf, type KeyEntry } from './bars';
import { scaleFor, tickLabels, type Scale } from './numbers';
import { extentOf, level, rolesOf } from './roles';
import { shorten, type Measure } from './text';
import type { Box } from './texture';

export interface IntervalBar extends Box {
  stack: number;
  middle: number;
  whisker: [number, number] | null;
  dot: number | null;  // place of the value on a bar that is an interval itself
  text: string;
}

export interface RowLayout {
  row: IntervalRow;
  top: number;
  bottom: number;
  label: string;
  labelX: number;
  labelY: number;
  beside: boolean;  // the label stands left of the bars, not above them
  bars: IntervalBar[];
}

export interface IntervalsLayout extends Frame {
  zero: number;
  scale: Scale;
  ticks: { x: number; label: string }[];
  rows: RowLayout[];
  key: KeyEntry[];
  roles: Role[];
  keyTop: number;
  numbers: number;  // where the numbers stand
  single: boolean;  // rows have one bar, so that their number has room beside the label on a narrow screen
}

const size = 13;
const mostRows = 30;  // a screen and a half; the rest stands in the table

/** By the largest value, as ends of intervals may lie far out. */
export const scaleOf = (chart: IntervalsChart): Scale =>
  scaleFor(Math.max(0, ...chart.rows.flatMap((row) => row.values.map(([value]) => Math.abs(value ?? 0)))), chart.unit, chart.percent);

/** The most influential rows, all if there are few. */
export const shownRows = (chart: IntervalsChart): IntervalRow[] => (chart.rows.length > mostRows + 2 ? chart.rows.slice(0, mostRows) : chart.rows);
const barHeight = { one: 18, more: 13 };

export function intervalsLayout(chart: IntervalsChart, width: number, by: Measure): IntervalsLayout {
  const { stacks } = chart;
  const rows = shownRows(chart);
  const extent = extentOf([...rows.flatMap((row) => row.values), ...(chart.ranges ? [[0, 0, 1] as Estimate] : [])], true);
  const scale = scaleOf(chart);
  const largest = Math.max(0, ...rows.flatMap((row) => row.values.map(([value]) => Math.abs(value ?? 0))));
  const beside = width >= 560;
  const text = (row: IntervalRow, stack: number): string => row.texts?.[stack] ?? level(row.values[stack] ?? [null, null, null], scale, largest);
  const numbers = Math.ceil(Math.max(30, ...rows.flatMap((row) => row.values.map((_, stack) => by(text(row, stack), 12)))));
  const labels = beside ? Math.min(width * 0.34, Math.max(40, ...rows.map((row) => by(row.label, size, true)))) : 0;
  const left = beside ? labels + 12 : 14;
  const right = beside ? width - numbers - 14 : width - 14;
  const x = scaleLinear().domain(extent).range([left, right]);

  const roles = rolesOf(rows);
  const { entries, bottom: keyBottom } = stacks.length > 1 ? keyOf(stacks, width, by) : { entries: [], bottom: 0 };
  const keyTop = roles.length ? 24 : 0;
  const top = keyTop + keyBottom + (keyTop || keyBottom ? 12 : 4);
  const bar = stacks.length > 1 ? barHeight.more : barHeight.one;
  // On a narrow screen the label has a line of its own above its bars, and numbers stand there too if there is one bar only.
  const head = beside ? 0 : 20;
  const inner = bar * Math.max(1, stacks.length);
  const step = head + inner + (beside ? 12 : 14);
  const layouts = rows.map((row, index) => {
    const from = top + index * step;
    const bars = row.values.flatMap(([value, low, high], stack) => {
      if (!defined(value)) return [];
      const y = from + 6 + head + stack * bar;
      const interval: [number, number] | null = defined(low) && defined(high) ? [x(low), x(high)] : null;
      const [a, b] = chart.ranges ? (interval ?? [x(value), x(value)]) : [x(Math.min(0, value)), x(Math.max(0, value))];
      const [whisker, dot] = chart.ranges ? [null, x(value)] : [interval, null];
      return [{ x: a, y: y + 0.5, width: b - a, height: bar - 1, stack, middle: y + bar / 2, whisker, dot, text: text(row, stack) }];
    });
    const room = beside ? labels : stacks.length > 1 ? width - 12 : width - 20 - numbers;
    return {
      row, top: from, bottom: from + step, beside, bars, label: shorten(row.label, room, size, by, true),
      labelX: beside ? labels : 6, labelY: beside ? from + 6 + inner / 2 : from + 6 + head / 2 - 1,
    };
  });
  const bottom = top + rows.length * step + 2;
  const ticks = x.ticks(beside ? 6 : 4);
  const names = tickLabels(ticks, scale);
  return {
    width, height: bottom + 46, left, right, top, bottom, zero: x(0), scale, rows: layouts, key: entries, keyTop, roles, numbers: beside ? right + 12 : width - 6, single: stacks.length === 1,
    ticks: ticks.map((tick, i) => ({ x: x(tick), label: names[i] })),
  };
}
