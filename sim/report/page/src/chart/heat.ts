// Where everything of a grid of cells stands, and how dark each cell is.
import { scaleLinear } from 'd3-scale';
import type { HeatChart } from '../document';
import type { Frame } from './frame';
import { defined } from './lines';
import { scaleFor, tickLabels, type Scale } from './numbers';
import { axisTitle, extentOf } from './roles';
import { shorten, wrap, type Measure } from './text';
import type { Box } from './texture';

export interface Shade {
  share: number;  // of the way from the ground to the full colour
  down: boolean;  // below 0, where 0 lies inside
}

export interface Cell extends Box {
  column: number;
  row: number;
  value: number | null;
  shade: Shade;
  text: string;
}

export interface HeatLayout extends Frame {
  scale: Scale;
  cells: Cell[];
  columns: { x: number; lines: string[] }[];
  below: number;  // height of the lines under the cells beyond the first
  rows: { y: number; label: string }[];
  across: string;
  upwards: string;
  unitX: number;
  legend: { pieces: (Box & { shade: Shade })[]; ticks: { at: number; label: string }[]; flat: boolean; frame: Box };
}

/** Up to this share black text is read on the cell (4.5:1), beyond it white; in dark mode the other way round. See style/colours.css. */
export const turns = 0.75;

export function shadeOf(value: number, [low, high]: [number, number]): Shade {
  if (low < 0 && high > 0) return { share: Math.abs(value) / Math.max(-low, high), down: value < 0 };
  return { share: (value - low) / (high - low), down: false };
}

/** Decimals by which cells that differ visibly differ in their numbers. */
export function cellText(value: number | null, range: [number, number], scale: Scale): string {
  if (!defined(value)) return '';
  const span = (range[1] - range[0]) / scale.divide;
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(span / 30))));
  const text = Math.abs(value / scale.divide).toFixed(decimals);
  return (value < 0 && /[1-9]/.test(text) ? '\u2212' : '') + text;
}

/** Numbers and dates rise upwards, words are read from the top. */
export const placeOf = (chart: HeatChart, row: number): number => (chart.axes[1].kind === 'word' ? row : chart.axes[1].values.length - 1 - row);

const legendSteps = 40;

function legendOf(range: [number, number], scale: Scale, room: Box, flat: boolean) {
  const length = flat ? room.width : room.height;
  const at = scaleLinear().domain(range).range(flat ? [room.x, room.x + length] : [room.y + length, room.y]);
  const pieces = Array.from({ length: legendSteps }, (_, i) => {
    const value = range[0] + ((range[1] - range[0]) * (i + 0.5)) / legendSteps;
    const step = length / legendSteps;
    const box = flat ? { x: room.x + i * step, y: room.y, width: step + 0.5, height: room.height }
      : { x: room.x, y: room.y + length - (i + 1) * step, width: room.width, height: step + 0.5 };
    return { ...box, shade: shadeOf(value, range) };
  });
  const ticks = at.ticks(flat ? 4 : Math.max(2, Math.min(5, Math.floor(length / 24))));
  const labels = tickLabels(ticks, scale);
  return { pieces, flat, frame: room, ticks: ticks.map((tick, i) => ({ at: at(tick), label: labels[i] })) };
}

export function heatLayout(chart: HeatChart, width: number, by: Measure): HeatLayout {
  const [across, upwards] = chart.axes;
  const range = extentOf(chart.cells.map((value) => [value, null, null]), false);
  const scale = scaleFor(Math.max(Math.abs(range[0]), Math.abs(range[1])), chart.unit, chart.percent);
  const narrow = width < 560;
  const most = narrow ? width * 0.28 : upwards.kind === 'word' ? 230 : 180;
  const names = upwards.labels.map((label) => shorten(label, most, 12, by));
  const left = Math.ceil(Math.max(...names.map((label) => by(label, 12)), 20)) + (narrow ? 8 : 30);
  const right = narrow ? width - 4 : width - 96;
  const [columns, rows] = [across.values.length, upwards.values.length];
  const wide = (right - left) / columns;
  const tall = Math.max(24, Math.min(64, 380 / rows));
  const top = narrow ? 82 : 12;  // on a narrow screen legend and upward title stand above
  const bottom = top + rows * tall;
  const texts = chart.cells.map((value) => cellText(value, range, scale));
  const fit = texts.every((text) => by(text, 12) <= wide - 4);
  // Words are broken into lines as long as a cell has room for that; of numbers, dates and longer words as many are said as fit.
  const lines = across.labels.map((label) => (across.kind === 'word' ? wrap(label, wide - 6, 12, by, 4) : [label]));
  const broken = across.kind === 'word' && lines.every((each, i) => each.join(' ') === across.labels[i]);
  const below = broken ? 15 * (Math.max(...lines.map((each) => each.length)) - 1) : 0;
  const every = broken ? 1 : Math.max(1, Math.ceil(Math.max(...across.labels.map((label) => by(label, 12) + 8)) / wide));
  return {
    width, height: bottom + 46 + below, below, left, right, top, bottom, scale,
    cells: chart.cells.map((value, i) => {
      const [column, row] = [i % columns, Math.floor(i / columns)];
      return {
        column, row, value, x: left + column * wide, y: top + placeOf(chart, row) * tall, width: wide, height: tall,
        shade: defined(value) ? shadeOf(value, range) : { share: 0, down: false }, text: fit ? texts[i] : '',
      };
    }),
    columns: across.labels.map((label, i) => ({ x: broken ? left + (i + 0.5) * wide : Math.min(left + (i + 0.5) * wide, width - by(label, 12) / 2 - 1), lines: broken ? lines[i] : [label] })).filter((_, i) => i % every === 0),
    rows: names.map((label, row) => ({ y: top + (placeOf(chart, row) + 0.5) * tall, label })),
    unitX: Math.min(narrow ? left : right + 24, width - by(scale.unit, 12)),
    across: axisTitle(across), upwards: axisTitle(upwards),
    legend: narrow ? legendOf(range, scale, { x: left, y: 20, width: right - left - 24, height: 12 }, true)
      : legendOf(range, scale, { x: right + 24, y: top + 20, width: 14, height: Math.max(60, Math.min(240, bottom - top - 24)) }, false),
  };
}
