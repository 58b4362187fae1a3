// Points of the record in a chart of lines: where they and the ends of their bars stand, and a key to them.
import type { LinesChart, Mark } from '../document';
import type { Measure } from './text';

export interface PlacedMark {
  mark: Mark;
  x: number;
  y: number;
  upright: [number, number] | null;  // top and bottom of the bar
  level: [number, number] | null;  // left and right end
}

export type KeySymbol = 'filled' | 'hollow' | 'bar';

export interface MarksKey {
  entries: { x: number; y: number; symbol: KeySymbol; text: string }[];
  height: number;
}

const known = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** The marks that lie within the days shown. */
export const shownMarks = (marks: Mark[] | undefined, first: number, last: number): Mark[] =>
  (marks ?? []).filter((mark) => known(mark.value) && mark.day >= first && mark.day <= last);

/** A range that holds the marks and their bars too. */
export function withMarks(range: [number, number] | null, marks: Mark[]): [number, number] | null {
  const values = [...(range ?? []), ...marks.flatMap((mark) => [mark.value, mark.low, mark.high].filter(known))];
  return values.length ? [Math.min(...values), Math.max(...values)] : null;
}

export function placeMarks(marks: Mark[], x: (day: number) => number, y: (value: number) => number, first: number, last: number): PlacedMark[] {
  return marks.map((mark) => ({
    mark, x: x(mark.day), y: y(mark.value ?? 0),
    upright: known(mark.low) && known(mark.high) ? [y(mark.high), y(mark.low)] : null,
    level: mark.days > 0 ? [x(Math.max(first, mark.day - mark.days)), x(Math.min(last, mark.day + mark.days))] : null,
  }));
}

const size = 13;
const row = 22;

export function marksKey(chart: LinesChart, marks: Mark[], width: number, by: Measure): MarksKey {
  const [filled = '', hollow = '', bar = ''] = chart.mark_names ?? [];
  const wanted: [KeySymbol, string, boolean][] = [
    ['filled', filled, marks.some((mark) => !mark.hollow)], ['hollow', hollow, marks.some((mark) => mark.hollow)],
    ['bar', bar, marks.some((mark) => known(mark.low) || mark.days > 0)],
  ];
  let [x, y] = [0, 10];
  const entries = wanted.filter(([, , there]) => there).map(([symbol, text]) => {
    const wide = 18 + by(text, size) + 22;
    if (x > 0 && x + wide - 22 > width) [x, y] = [0, y + row];
    const entry = { x, y, symbol, text };
    x += wide;
    return entry;
  });
  return { entries, height: entries.length ? y + row - 8 : 0 };
}
