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
}

interface ChartHead {
  id: string;
  title: string;
  note: string;
  unit: string;
  percent?: boolean;
}

export interface LinesChart extends ChartHead {
  kind: 'lines';
  zero?: boolean;
  lines: Line[];
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

/** Who sets a factor of a sweep. */
export type Role = 'lever' | 'uncertainty' | 'neither';

export interface IntervalRow {
  label: string;
  role: Role;
  values: Estimate[];
}

export interface IntervalsChart extends ChartHead {
  kind: 'intervals';
  stacks: string[];
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
