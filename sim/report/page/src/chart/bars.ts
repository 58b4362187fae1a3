// Where everything of a chart of bars stands: one small panel for each world and platform, yearly bars stacked by part, all panels on
// one scale, so that worlds are compared along a row without leaning on colour.
import { scaleBand, scaleLinear } from 'd3-scale';
import type { BarGroup, BarsChart } from '../document';
import type { Edges } from './frame';
import { scaled, scaleFor, tickLabels, type Scale } from './numbers';
import { shorten, type Measure } from './text';
import type { Box } from './texture';

export interface Piece extends Box {
  category: number;
  stack: number;
}

export interface Panel extends Edges {
  group: BarGroup;
  title: string;
  labelled: boolean;  // has the numbers of the axis
  pieces: Piece[];
  totals: { x: number; y: number; text: string }[];
  years: { x: number; text: string }[];
}

export interface KeyEntry {
  x: number;
  y: number;
  stack: number;
  text: string;
}

export interface BarsLayout {
  width: number;
  height: number;
  scale: Scale;
  ticks: number[];
  labels: string[];
  y: (value: number, panel: Panel) => number;
  panels: Panel[];
  key: KeyEntry[];
  keyBottom: number;
}

const plot = 150;
const above = 44;  // title of the panel, and room for totals
const below = 30;

/** Positive parts pile up from 0, negative ones down from 0. */
export function stacked(values: (number | null)[]): { low: number; high: number }[] {
  let up = 0;
  let down = 0;
  return values.map((value) => {
    const size = value ?? 0;
    if (size >= 0) return { low: up, high: (up += size) };
    const high = down;
    return { low: (down += size), high };
  });
}

export const total = (values: (number | null)[]): number | null =>
  values.some((value) => value !== null) ? values.reduce<number>((sum, value) => sum + (value ?? 0), 0) : null;

export function keyOf(stacks: string[], width: number, by: Measure): { entries: KeyEntry[]; bottom: number } {
  let x = 0;
  let y = 8;
  const entries = stacks.map((text, stack) => {
    const size = 22 + by(text, 13) + 20;
    if (x > 0 && x + size > width) {
      x = 0;
      y += 22;
    }
    const entry = { x, y, stack, text };
    x += size;
    return entry;
  });
  return { entries, bottom: entries.length ? y + 14 : 0 };
}

/** As many panels in a row as there are worlds (or platforms, in one world), fewer where they would be narrower than they can be read. */
function columnsFor(groups: BarGroup[], width: number): number {
  const worlds = new Set(groups.map((group) => group.world)).size;
  const platforms = new Set(groups.map((group) => group.platform)).size;
  return Math.max(1, Math.min(worlds > 1 ? worlds : platforms, Math.floor(width / 230)));
}

/** Rows by platform, columns by world, whatever the order in which the groups come. */
function inRows(groups: BarGroup[]): BarGroup[] {
  const order = (index: number | null): number => index ?? -1;
  return [...groups].sort((a, b) => order(a.platform) - order(b.platform) || order(a.world) - order(b.world));
}

function yearText(category: string, step: number, index: number): string {
  if (step >= 32) return category;
  if (/^\d{4}$/.test(category) && step >= 20) return `\u2019${category.slice(2)}`;
  return index % 2 === 0 ? (/^\d{4}$/.test(category) ? `\u2019${category.slice(2)}` : category) : '';
}

export function barsLayout(chart: BarsChart, groups: BarGroup[], width: number, by: Measure): BarsLayout {
  const sums = groups.flatMap((group) => group.values.map(stacked)).flat();
  const high = Math.max(0, ...sums.map((part) => part.high));
  const low = Math.min(0, ...sums.map((part) => part.low));
  const value = scaleLinear().domain(low === high ? [0, 1] : [low, high]).nice(4);
  const ticks = value.ticks(4);
  const scale = scaleFor(Math.max(Math.abs(low), high), chart.unit, chart.percent);
  const labels = tickLabels(ticks, scale);
  const margin = Math.ceil(Math.max(...labels.map((label) => by(label, 12)))) + 10;
  const { entries, bottom: keyBottom } = keyOf(chart.stacks, width, by);
  const columns = columnsFor(groups, width);
  const gap = 22;
  const panelWidth = (width - margin - gap * (columns - 1)) / columns;
  const first = keyBottom + 30;  // the unit stands between key and panels
  value.range([plot, 0]);

  const panels = inRows(groups).map((group, index) => {
    const column = index % columns;
    const left = margin + column * (panelWidth + gap);
    const top = first + Math.floor(index / columns) * (plot + above + below) + above - 10;
    const band = scaleBand<number>().domain(chart.categories.map((_, i) => i)).range([left, left + panelWidth]).paddingInner(0.28).paddingOuter(0.1);
    const wide = band.bandwidth();
    const at = (category: number): number => band(category) ?? left;
    const pieces = group.values.flatMap((values, category) =>
      stacked(values).map((part, stack) => ({
        x: at(category), y: top + value(part.high), width: wide, height: value(part.low) - value(part.high), category, stack,
      })).filter((piece) => piece.height > 0));
    const totals = group.values.map((values, category) => {
      const text = scaled(total(values), scale, 2);
      const tallest = Math.max(0, ...stacked(values).map((part) => part.high));
      return { x: at(category) + wide / 2, y: top + value(tallest) - 5, text: total(values) && by(text, 11) <= band.step() - 2 ? text : '' };
    });
    return {
      group, title: shorten(group.label, panelWidth, 13, by, true), left, right: left + panelWidth, top, bottom: top + plot, labelled: column === 0, pieces, totals,
      years: chart.categories.map((category, i) => ({ x: at(i) + wide / 2, text: yearText(category, band.step(), i) })),
    };
  });
  const rows = Math.max(1, Math.ceil(groups.length / columns));
  return {
    width, height: first + rows * (plot + above + below) - 8, scale, ticks, labels, panels, key: entries, keyBottom,
    y: (each, panel) => panel.top + value(each),
  };
}
