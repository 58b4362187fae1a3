// What the program writes into the page. The page knows no platform, no observable and no scenario: all words come from here.

export type Numbers = (number | null)[];

export interface World {
  id: string;
  title: string;
  description: string;
  file: string;
  replicates: number;
  changes: { key: string; from: string; to: string }[];
}

export interface Platform {
  id: string;
  label: string;
}

export interface DatedEvent {
  worlds: number[];
  label: string;
  day: number;
  text: string;
}

export interface Line {
  label: string;
  world: number | null;
  platform: number | null;
  part: number | null;
  mid: Numbers;
  low?: Numbers;
  high?: Numbers;
  inner_low?: Numbers;  // a narrower band
  inner_high?: Numbers;
  dash?: number;  // of a line without a world
}

/** A point of the record. */
export interface Mark {
  day: number;
  value: number | null;
  low: number | null;  // ends of an upright bar
  high: number | null;
  days: number;  // half of a level bar; 0: none
  hollow: boolean;
  label: string;
}

/** Cells as they stand under a chart, instead of a table made of its values. */
export interface ChartTable {
  head: string[];
  rows: string[][];
}

interface ChartHead {
  id: string;
  title: string;
  note: string;
  unit: string;
  percent?: boolean;
  table?: ChartTable;
}

export interface LinesChart extends ChartHead {
  kind: 'lines';
  zero?: boolean;
  lines: Line[];  // may leave the time axis before its end, all at one point
  marks?: Mark[];
  mark_names?: string[];  // of filled and hollow ones, and of bars
}

export interface BarGroup {
  label: string;
  world: number | null;
  platform: number | null;
  values: Numbers[];
}

export interface BarsChart extends ChartHead {
  kind: 'bars';
  categories: string[];
  stacks: string[];
  groups: BarGroup[];
}

/** A number and the ends of its interval. */
export type Estimate = [value: number | null, low: number | null, high: number | null];

/** Who sets a factor of a sweep; `main` stands out and is no factor. */
export type Role = 'lever' | 'uncertainty' | 'neither' | 'main';

export interface IntervalRow {
  label: string;
  role: Role;
  values: Estimate[];
  texts?: string[];  // said instead of the numbers
}

export interface IntervalsChart extends ChartHead {
  kind: 'intervals';
  stacks: string[];
  ranges?: boolean;  // bars from low to high with a dot at the value
  rows: IntervalRow[];
}

export interface ScatterPoint {
  label: string;
  role: Role;
  x: Estimate;
  y: Estimate;
}

export interface ScatterChart extends ChartHead {
  kind: 'scatter';
  x_title: string;
  y_title: string;
  points: ScatterPoint[];
  guides: { slope: number; label: string }[];
}

/** The values that a factor took; dates are days since 1970-01-01. */
export interface FactorAxis {
  title: string;
  unit: string;
  kind: 'number' | 'date' | 'word';
  values: Numbers;
  labels: string[];
}

export interface HeatChart extends ChartHead {
  kind: 'heat';
  axes: [FactorAxis, FactorAxis];
  cells: Numbers;  // row by row of the second axis
  cell_name?: string;
}

export interface EffectPanel {
  axis: FactorAxis;
  role: Role;
  values: Estimate[];
}

export interface EffectsChart extends ChartHead {
  kind: 'effects';
  panels: EffectPanel[];
}

export type Chart = LinesChart | BarsChart | IntervalsChart | ScatterChart | HeatChart | EffectsChart;

export interface Difference {
  outcome: string;
  unit: string;
  platform: string;
  world: number;
  moment: string;
  baseline: number | null;
  other: number | null;
  difference: number | null;
  low: number | null;
  high: number | null;
  relative: number | null;
  relative_low: number | null;
  relative_high: number | null;
  verdict: string;
}

export interface Assumption {
  key: string;
  values: string[];
  unit: string;
  meaning: string;
  changed: boolean;
}

/** What a sweep varied. */
export interface Factor {
  name: string;
  label: string;
  role: Role;
  keys: string;
  distribution: string;
  unit: string;
  meaning: string;
}

export interface PageDocument {
  schema: string;
  title: string;
  answer: string;
  details: string[];
  caveat: string;
  warnings?: string[];
  time: { start: string; days: number[] };
  worlds: World[];
  platforms: Platform[];
  events: DatedEvent[];
  factors?: Factor[];
  sections: { id: string; title: string; note?: string; charts: Chart[] }[];
  differences: Difference[];
  assumptions: Assumption[];
  footer: Record<string, string>;
}

/** The document that stands in the page; null in the template that has not been filled, or where it cannot be read. */
export function readDocument(text: string): PageDocument | null {
  try {
    const read = JSON.parse(text) as PageDocument;
    return read.schema === 'spillway-page/1' ? read : null;
  } catch {
    return null;
  }
}
