// Levers and uncertainties are told apart by colour and by shape, and in words wherever a value is read.
import { symbol, symbolCircle } from 'd3-shape';
import type { Estimate, Role } from '../document';
import { scaled, withInterval, type Scale } from './numbers';
import { colour, ink } from './style';

const platformOf: Record<Role, number | null> = { lever: 0, uncertainty: 4, neither: null, main: 0 };
export const roleColour = (role: Role): string => colour(platformOf[role]);
export const roleInk = (role: Role): string => ink(platformOf[role]);
/** A disc, or a square on its corner, around 0. */
export function roleMark(role: Role, radius = 6): string {
  const r = 1.25 * radius;  // of equal area
  return role === 'uncertainty' ? `M0,${-r}L${r},0L0,${r}L${-r},0Z` : (symbol(symbolCircle, Math.PI * radius * radius)() ?? '');
}
export const roleWord = (role: Role): string => (role === 'neither' || role === 'main' ? '' : role);

/** Whether a chart needs to say which mark is which. */
export const rolesOf = (items: { role: Role }[]): Role[] => {
  const found = (['lever', 'uncertainty'] as Role[]).filter((role) => items.some((item) => item.role === role));
  return found.length > 1 ? found : [];
};

/** Least and greatest of values and the ends of their intervals. */
export function extentOf(estimates: Estimate[], withZero: boolean): [number, number] {
  let low = withZero ? 0 : Infinity;
  let high = withZero ? 0 : -Infinity;
  for (const estimate of estimates)
    for (const value of estimate) {
      if (value === null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (low > high) return [0, 1];
  return low < high ? [low, high] : [low - Math.abs(low) / 2, high + (Math.abs(high) / 2 || 1)];
}

export const told = ([value, low, high]: Estimate, scale: Scale, digits = 3): string => withInterval(value, low, high, scale, digits);
export const alone = ([value]: Estimate, scale: Scale, digits = 3): string => scaled(value, scale, digits);

export const axisTitle = (axis: { title: string; unit: string }): string => (axis.unit ? `${axis.title} (${axis.unit})` : axis.title);

/** The same with as many decimals as the largest number of a column deserves, so that it can be read downwards. */
export function level(estimate: Estimate, scale: Scale, largest: number): string {
  const size = Math.abs(largest) / scale.divide;
  const decimals = size > 0 ? Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size)))) : 0;
  const number = (value: number): string => {
    const text = Math.abs(value / scale.divide).toFixed(decimals);
    return (value < 0 && /[1-9]/.test(text) ? '\u2212' : '') + text;
  };
  const [value, low, high] = estimate;
  if (value === null) return '\u2013';
  return low === null || high === null ? number(value) : `${number(value)} [${number(low)}, ${number(high)}]`;
}

/** "ad load 0.3": a factor at a value. */
export const setting = (axis: { title: string; unit: string; labels: string[] }, place: number): string =>
  `${axis.title} ${axis.labels[place] ?? ''}${axis.unit ? ` ${axis.unit}` : ''}`;
