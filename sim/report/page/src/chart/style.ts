// Platforms are told apart by colour, worlds by dash, parts by marker. Colours are variables of style/colours.css, so that dark
// mode, print and saved pictures each have their own.

import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape';

const dashes = ['', '6 3', '2 2', '8 3 2 3', '12 4', '1 3'];
const colours = 8;

export const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, "Noto Sans CJK SC", "Noto Sans SC", ' +
  '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", sans-serif';

export const dash = (world: number | null): string => dashes[(world ?? 0) % dashes.length];
/** For lines and areas: at least 3:1 against the background. */
export const colour = (platform: number | null): string => (platform === null ? 'var(--neutral)' : `var(--line-${platform % colours})`);
/** For text: at least 4.5:1. */
export const ink = (platform: number | null): string => (platform === null ? 'var(--text)' : `var(--ink-${platform % colours})`);

const shapes = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross];
/** The outline of a part's marker, around 0. */
export const marker = (part: number): string => symbol(shapes[part % shapes.length], 42)() ?? '';
