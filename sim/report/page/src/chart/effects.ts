// Where everything of small panels stands: an outcome along each factor, all on one scale of values.
import { scaleLinear } from 'd3-scale';
import type { EffectPanel, EffectsChart, Role } from '../document';
import type { Edges } from './frame';
import { defined, type Point } from './lines';
import { scaleFor, tickLabels, type Scale } from './numbers';
import { axisTitle, extentOf, rolesOf } from './roles';
import { shorten, type Measure } from './text';

export interface EffectLayout extends Edges {
  panel: EffectPanel;
  title: string;
  labelled: boolean;
  path: string;
  band: string;
  points: (Point & { place: number; whisker: [number, number] | null })[];
  names: { x: number; label: string }[];
  places: number[];  // x of each value
}

export interface EffectsLayout {
  width: number;
  height: number;
  scale: Scale;
  ticks: number[];
  labels: string[];
  y: (value: number, panel: EffectLayout) => number;
  panels: EffectLayout[];
  roles: Role[];
}

const plot = 150;
const above = 40;
const below = 34;

function placesOf(panel: EffectPanel, left: number, right: number): number[] {
  const { kind, values } = panel.axis;
  if (kind === 'word' || values.length < 2) return values.map((_, i) => left + ((i + 0.5) / values.length) * (right - left));
  const x = scaleLinear().domain([values[0] as number, values[values.length - 1] as number]).range([left + 6, right - 6]);
  return values.map((value) => x(value as number));
}

/** As many names as stand beside each other. */
function namesOf(panel: EffectPanel, places: number[], left: number, right: number, by: Measure): { x: number; label: string }[] {
  let free = left - 20;
  return panel.axis.labels.flatMap((label, i) => {
    const half = by(label, 12) / 2;
    const x = Math.max(left - 14 + half, Math.min(right + 10 - half, places[i]));
    if (x - half < free) return [];
    free = x + half + 8;
    return [{ x, label }];
  });
}

const round = (value: number): string => value.toFixed(1);

export function effectsLayout(chart: EffectsChart, width: number, by: Measure): EffectsLayout {
  const [low, high] = extentOf(chart.panels.flatMap((panel) => panel.values), false);
  const margin = 0.04 * (high - low);
  const value = scaleLinear().domain([low === 0 ? 0 : low - margin, high + margin]).range([plot, 0]);
  const ticks = value.ticks(4);
  const scale = scaleFor(Math.max(Math.abs(low), Math.abs(high)), chart.unit, chart.percent);
  const labels = tickLabels(ticks, scale);
  const edge = Math.ceil(Math.max(...labels.map((label) => by(label, 12)))) + 10;
  const columns = Math.max(1, Math.min(chart.panels.length, 4, Math.floor(width / 230)));
  const gap = 30;
  const wide = (width - edge - 12 - gap * (columns - 1)) / columns;
  const head = 24;
  const panels = chart.panels.map((panel, index): EffectLayout => {
    const column = index % columns;
    const left = edge + column * (wide + gap);
    const right = left + wide;
    const top = head + Math.floor(index / columns) * (plot + above + below) + above;
    const places = placesOf(panel, left, right);
    const y = (each: number): number => top + value(each);
    const points = panel.values.flatMap(([mid, from, to], place) =>
      defined(mid) ? [{ x: places[place], y: y(mid), place, whisker: defined(from) && defined(to) ? [y(from), y(to)] as [number, number] : null }] : []);
    const banded = points.filter((point) => point.whisker);
    const line = panel.axis.kind !== 'word';
    const up = banded.map((point) => `${round(point.x)},${round(point.whisker![1])}`);
    const back = [...banded].reverse().map((point) => `${round(point.x)},${round(point.whisker![0])}`);
    return {
      panel, title: shorten(axisTitle(panel.axis), wide, 13, by, true), left, right, top, bottom: top + plot, labelled: column === 0, points, places,
      path: line && points.length ? `M${points.map((point) => `${round(point.x)},${round(point.y)}`).join('L')}` : '',
      band: line && banded.length ? `M${[...up, ...back].join('L')}Z` : '',
      names: namesOf(panel, places, left, right, by),
    };
  });
  const rows = Math.ceil(chart.panels.length / columns);
  return { width, height: head + rows * (plot + above + below), scale, ticks, labels, panels, roles: rolesOf(chart.panels), y: (each, panel) => panel.top + value(each) };
}
