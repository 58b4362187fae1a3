// Where everything of a chart of lines stands: pure geometry, drawn by Lines.svelte.
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { DatedEvent, Line, LinesChart, Mark, Numbers } from '../document';
import { timeTicks } from './dates';
import type { Frame } from './frame';
import { placeFlags, spread, type Flag, type Wanted } from './labels';
import { marksKey, placeMarks, shownMarks, withMarks, type MarksKey, type PlacedMark } from './marks';
import { scaled, scaleFor, tickLabels, type Scale } from './numbers';
import { shorten, type Measure } from './text';

export interface Shown {
  lines: Line[];
  events: NumberedEvent[];
}

/** An event with its number on the page, and whether only some worlds have it. */
export interface NumberedEvent extends DatedEvent {
  number: number;
  parts: boolean;
}

export interface Point {
  x: number;
  y: number;
}

export interface EventFlag extends Flag {
  parts: boolean;
}

export interface EndLabel {
  text: string;
  y: number;
  fromX: number;
  fromY: number;
}

export interface Drawn {
  line: Line;
  path: string;
  band: string;
  inner: string;  // the narrower band
  markers: Point[];
  alone: Point[];  // values between gaps, which no line reaches
  label: EndLabel | null;
}

export interface LinesLayout extends Frame {
  x: (day: number) => number;
  y: (value: number) => number;
  scale: Scale;
  xTicks: { x: number; label: string }[];
  yTicks: { y: number; label: string }[];
  zero: number | null;
  drawn: Drawn[];
  marks: PlacedMark[];
  key: MarksKey;  // to the marks, above the unit
  flags: EventFlag[];
  flagTop: (row: number) => number;
  unmarked: number[];  // x of events that have no label
}

export const sizes = { label: 13, axis: 12, flag: 11.5, row: 15 };

/** Least and greatest value shown, bands included; null where there is none. */
export function extent(lines: Line[]): [number, number] | null {
  let least = Infinity;
  let greatest = -Infinity;
  const take = (values: Numbers | undefined): void => {
    for (const value of values ?? []) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  };
  for (const each of lines) [each.mid, each.low, each.high].forEach(take);
  return least <= greatest ? [least, greatest] : null;
}

/** Both kinds of chart include 0: levels start there, and differences are read against it. */
export function valueDomain(range: [number, number] | null): [number, number] {
  const [least, greatest] = range ?? [0, 1];
  const low = Math.min(0, least);
  const high = Math.max(0, greatest);
  return low === high ? [0, 1] : [low, high];
}

/** The days that a chart shows: all, or those of its lines where they end before. */
export function daysOf(chart: LinesChart, days: number[]): number[] {
  return chart.lines.length ? days.slice(0, Math.max(1, ...chart.lines.map((each) => each.mid.length))) : days;
}

export const defined = (value: number | null | undefined): value is number => value != null && Number.isFinite(value);

export function linePath(values: Numbers, days: number[], x: (day: number) => number, y: (value: number) => number): string {
  return line<number | null>().defined(defined).x((_, i) => x(days[i])).y((value) => y(value as number)).digits(1)(values) ?? '';
}

export function bandPath(low: Numbers, high: Numbers, days: number[], x: (day: number) => number, y: (value: number) => number): string {
  return area<number>().defined((i) => defined(low[i]) && defined(high[i])).x((i) => x(days[i]))
    .y0((i) => y(low[i] as number)).y1((i) => y(high[i] as number)).digits(1)(low.map((_, i) => i)) ?? '';
}

function alone(values: Numbers, days: number[], x: (day: number) => number, y: (value: number) => number): Point[] {
  return values.flatMap((value, i) => (defined(value) && !defined(values[i - 1]) && !defined(values[i + 1]) ? [{ x: x(days[i]), y: y(value) }] : []));
}

export function lastIndex(values: Numbers): number {
  let index = values.length - 1;
  while (index >= 0 && !defined(values[index])) --index;
  return index;
}

/** Every few points along a line, staggered by part so that markers of different parts rarely meet. */
function markersOf(each: Line, days: number[], x: (day: number) => number, y: (value: number) => number): Point[] {
  if (each.part === null) return [];
  const step = Math.max(1, Math.floor(days.length / 7));
  const markers = [];
  for (let i = Math.floor((step * (1 + (each.part % 4))) / 5); i < days.length; i += step) {
    const value = each.mid[i];
    if (defined(value)) markers.push({ x: x(days[i]), y: y(value) });
  }
  return markers;
}

function flagsOf(events: NumberedEvent[], x: (day: number) => number, left: number, right: number, by: Measure): Flag[] {
  const text = (event: NumberedEvent): Wanted => ({ x: x(event.day), width: by(event.label, sizes.flag), text: event.label });
  const number = (event: NumberedEvent): Wanted => {
    const words = String(event.number);
    return { x: x(event.day), width: by(words, sizes.flag), text: words };
  };
  const rows = 3;
  const all = placeFlags(events.map(text), rows, left, right);
  if (all.every((flag) => flag !== null)) return all as Flag[];
  // Too many for words: those that only some worlds have keep theirs, the others get the number that they have in the list of events.
  const worded = placeFlags(events.filter((event) => event.parts).map(text), rows, left, right).filter((flag) => flag !== null) as Flag[];
  const rest = events.filter((event) => !worded.some((flag) => flag.text === event.label && flag.x === x(event.day)));
  const numbered = placeFlags(rest.map(number), rows, left, right, worded, (flag) => by(flag.text, sizes.flag));
  return [...worded, ...(numbered.filter((flag) => flag !== null) as Flag[])];
}

/** What is left when each of `taken` takes one of its like: of two events of one day, one may have a flag. */
function without(all: number[], taken: number[]): number[] {
  const open = [...taken];
  return all.filter((each) => {
    const at = open.indexOf(each);
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
}

function endLabels(lines: Line[], days: number[], layout: { x: (d: number) => number; y: (v: number) => number; top: number; bottom: number },
  room: number, by: Measure): (EndLabel | null)[] {
  const ends = lines.map((each) => lastIndex(each.mid));
  const labelled = ends.map((_, i) => i).filter((i) => ends[i] >= 0);
  const wanted = labelled.map((i) => layout.y(lines[i].mid[ends[i]] as number));
  const places = spread(wanted, sizes.label + 3, layout.top + 4, layout.bottom - 4);
  const labels: (EndLabel | null)[] = lines.map(() => null);
  labelled.forEach((i, place) => {
    labels[i] = { text: shorten(lines[i].label, room, sizes.label, by, true), y: places[place], fromX: layout.x(days[ends[i]]), fromY: wanted[place] };
  });
  return labels;
}

function valueAxis(chart: LinesChart, lines: Line[], marks: Mark[]) {
  const y = scaleLinear().domain(valueDomain(withMarks(extent(lines), marks))).nice(5);
  const [low, high] = y.domain();
  const ticks = y.ticks(5);
  const scale = scaleFor(Math.max(Math.abs(low), Math.abs(high)), chart.unit, chart.percent);
  return { y, ticks, scale, labels: tickLabels(ticks, scale), zero: low < 0 || chart.zero === false };
}

/** Whether lines are labelled at their ends, and how wide the widest label may be: a narrow or crowded chart leaves that to its read-out. */
function labelRoom(lines: Line[], width: number, height: number, by: Measure): number {
  const crowded = lines.length * (sizes.label + 3) > height - 100;
  if (width < 560 || crowded || lines.length === 0) return 0;
  return Math.min(width * 0.3, Math.max(...lines.map((each) => by(each.label, sizes.label, true))));
}

export function linesLayout(chart: LinesChart, days: number[], start: string, shown: Shown, width: number, height: number,
  by: Measure): LinesLayout {
  const { lines } = shown;
  const last = days[days.length - 1];
  const marks = shownMarks(chart.marks, days[0], last);
  const { y: value, ticks, scale, labels, zero } = valueAxis(chart, lines, marks);
  const room = labelRoom(lines, width, height, by);
  const left = Math.ceil(Math.max(24, ...labels.map((label) => by(label, sizes.axis)))) + 10;
  const right = width - (room > 0 ? room + 22 : 10);
  const x = scaleLinear().domain([days[0], last]).range([left, right]);

  const inside = shown.events.filter((event) => event.day >= days[0] && event.day <= last);
  const flags = flagsOf(inside, x, left, right, by);
  const rows = flags.length ? 1 + Math.max(...flags.map((flag) => flag.row)) : 0;
  const key = marksKey(chart, marks, width, by);
  const head = 26 + key.height;  // the unit stands above the axis
  const top = head + rows * sizes.row + (rows ? 4 : 0);
  const bottom = height - 26;
  const y = value.range([bottom, top]);
  const ends = room > 0 ? endLabels(lines, days, { x, y, top, bottom }, room, by) : lines.map(() => null);
  return {
    width, height, left, right, top, bottom, x, y, scale,
    xTicks: timeTicks(start, days[0], last, Math.max(2, Math.floor((right - left) / 52))).map((tick) => ({ x: x(tick.day), label: tick.label })),
    yTicks: ticks.map((tick, i) => ({ y: y(tick), label: labels[i] })),
    zero: zero ? y(0) : null,
    drawn: lines.map((each, i) => ({
      line: each,
      path: linePath(each.mid, days, x, y),
      band: each.low && each.high ? bandPath(each.low, each.high, days, x, y) : '',
      inner: each.inner_low && each.inner_high ? bandPath(each.inner_low, each.inner_high, days, x, y) : '',
      markers: markersOf(each, days, x, y),
      alone: alone(each.mid, days, x, y),
      label: ends[i],
    })),
    marks: placeMarks(marks, x, y, days[0], last),
    key,
    flags: flags.map((flag) => ({ ...flag, parts: inside.some((event) => event.parts && x(event.day) === flag.x) })),
    flagTop: (row) => head + row * sizes.row,
    unmarked: without(inside.map((event) => x(event.day)), flags.map((flag) => flag.x)),
  };
}

/** What a line says at a point, on the chart's scale: its value and its band. */
export function reading(each: Line, index: number, scale: Scale, digits = 3): { value: string; band: string } {
  const low = each.low?.[index];
  const high = each.high?.[index];
  const band = defined(low) && defined(high) ? `[${scaled(low, scale, digits)}, ${scaled(high, scale, digits)}]` : '';
  return { value: scaled(each.mid[index], scale, digits), band };
}

/** The same for the ear. */
export function spoken(each: Line, index: number, scale: Scale): string {
  const { value, band } = reading(each, index, scale);
  return defined(each.mid[index]) ? `${each.label} ${value} ${scale.unit} ${band}`.replace(/ +/g, ' ').trim() : `${each.label} no value`;
}
