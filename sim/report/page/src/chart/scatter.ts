// Where everything of a chart of labelled points stands: from the origin up, with lines of equal ratio as guides.
import { scaleLinear } from 'd3-scale';
import type { Role, ScatterChart, ScatterPoint } from '../document';
import type { Edges, Frame } from './frame';
import { defined } from './lines';
import { scaleFor, tickLabels, type Scale } from './numbers';
import { extentOf, rolesOf } from './roles';
import type { Measure } from './text';
import type { Box } from './texture';

export interface PointLayout {
  point: ScatterPoint;
  x: number;
  y: number;
  acrossFrom: number;
  acrossTo: number;
  upFrom: number;
  upTo: number;
  label: { x: number; y: number } | null;
}

export interface ScatterLayout extends Frame {
  scale: Scale;
  xTicks: { x: number; label: string }[];
  yTicks: { y: number; label: string }[];
  guides: { x1: number; y1: number; x2: number; y2: number; label: string; labelX: number; labelY: number; inside: boolean }[];
  points: PointLayout[];
  roles: Role[];
}

export const radius = 6;
const size = 12.5;
const high = size + 3;

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Near its point where that is free, first of whiskers too. The most influential choose first; who finds no place has none. */
function placeLabels(points: PointLayout[], named: Box[], field: Edges, by: Measure): void {
  const dots = points.map(({ x, y }): Box => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }));
  const whiskers = points.flatMap(({ x, y, acrossFrom, acrossTo, upFrom, upTo }): Box[] => [
    { x: acrossFrom, y: y - 1, width: acrossTo - acrossFrom, height: 2 }, { x: x - 1, y: upTo, width: 2, height: upFrom - upTo },
  ]);
  const taken: Box[] = [...named];
  const free = (each: PointLayout, obstacles: Box[]): Box | null => {
    const width = by(each.point.label, size, true);
    for (const rise of [0, 1, -1, 2])
      for (const shift of [radius + 3, -radius - 3 - width, -width / 2]) {
        if (rise === 0 && shift === -width / 2) continue;  // that is the point itself
        const place = { x: each.x + shift, y: each.y - high / 2 - rise * high, width, height: high };
        if (place.x < field.left + 2 || place.x + width > field.right || place.y < field.top - 8 || place.y + high > field.bottom - 1) continue;
        if (!obstacles.some((other) => overlap(place, other))) return place;
      }
    return null;
  };
  for (const each of points) {
    const place = free(each, [...dots, ...whiskers, ...taken]) ?? free(each, [...dots, ...taken]);
    if (!place) continue;
    taken.push(place);
    each.label = { x: place.x, y: place.y + high / 2 };
  }
}

export function scatterLayout(chart: ScatterChart, width: number, height: number, by: Measure): ScatterLayout {
  const across = 1.04 * extentOf(chart.points.map((point) => point.x), true)[1];
  const upwards = 1.06 * extentOf(chart.points.map((point) => point.y), true)[1];
  const scale = scaleFor(Math.max(across, upwards), chart.unit, chart.percent);
  const roles = rolesOf(chart.points);
  const top = roles.length ? 44 : 24;
  const bottom = height - 46;
  const y = scaleLinear().domain([0, upwards]).range([bottom, top]);
  const yTicks = y.ticks(5);
  const yLabels = tickLabels(yTicks, scale);
  const left = Math.ceil(Math.max(24, ...yLabels.map((label) => by(label, 12)))) + 30;
  const outside = Math.max(0, ...chart.guides.map((guide) => by(guide.label, 11.5))) + 10;
  const right = width >= 560 ? width - outside : width - 10;
  const x = scaleLinear().domain([0, across]).range([left, right]);
  const xTicks = x.ticks(Math.max(2, Math.floor((right - left) / 80)));
  const xLabels = tickLabels(xTicks, scale);
  const points = chart.points.filter((point) => defined(point.x[0]) && defined(point.y[0])).map((point): PointLayout => {
    const end = (value: number | null, otherwise: number): number => Math.max(0, value ?? otherwise);
    const [px, py] = [point.x[0] as number, point.y[0] as number];
    return {
      point, x: x(px), y: y(py), label: null, acrossFrom: x(end(point.x[1], px)), acrossTo: x(end(point.x[2], px)),
      upFrom: y(end(point.y[1], py)), upTo: y(end(point.y[2], py)),
    };
  });
  const guides = chart.guides.map(({ slope, label }) => {
    const leaves = slope * across > upwards;  // through the upper edge
    const [endX, endY] = leaves ? [upwards / slope, upwards] : [across, slope * across];
    const inside = !leaves && width < 560;
    return {
      x1: x(0), y1: y(0), x2: x(endX), y2: y(endY), label, inside,
      labelX: leaves ? x(endX) : inside ? right - 2 : right + 5, labelY: leaves ? top - 6 : inside ? y(endY) - 5 : y(endY) + 4,
    };
  });
  const named = guides.map(({ label, labelX, labelY, inside, x2 }): Box => {
    const wide = by(label, 11.5);
    return { x: inside ? labelX - wide : labelX > right ? labelX : x2 - wide / 2, y: labelY - 11, width: wide, height: 15 };
  });
  placeLabels(points, named, { left, right: width - 2, top, bottom }, by);
  return {
    width, height, left, right, top, bottom, scale, points, roles,
    xTicks: xTicks.map((tick, i) => ({ x: x(tick), label: xLabels[i] })),
    yTicks: yTicks.map((tick, i) => ({ y: y(tick), label: yLabels[i] })),
    guides,
  };
}
