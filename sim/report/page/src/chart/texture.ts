// Textures that tell the parts of a stack apart without colour. They are drawn as lines, not as SVG patterns: printed, a few hundred
// patterned bars make a file of 30 MB, and office programs lose patterns from the pictures put into their slides.

export type Texture = 'solid' | 'hatch' | 'pale' | 'dots' | 'cross' | 'bars';
const textures: Texture[] = ['solid', 'hatch', 'pale', 'dots', 'cross', 'bars'];
export const texture = (stack: number): Texture => textures[stack % textures.length];

/** How much of the colour lies under the lines. */
export const ground: Record<Texture, number> = { solid: 1, hatch: 0.12, pale: 0.3, dots: 0.1, cross: 0.08, bars: 0.12 };

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const step = 5.6;
const round = (value: number): string => value.toFixed(1);
const segment = (x1: number, y1: number, x2: number, y2: number): string => `M${round(x1)},${round(y1)}L${round(x2)},${round(y2)}`;

function* marks(from: number, to: number, by: number): Generator<number> {
  for (let at = Math.ceil((from + 0.01) / by) * by; at < to; at += by) yield at;
}

function rising({ x, y, width, height }: Box): string {
  let path = '';
  for (const sum of marks(x + y, x + width + y + height, step)) {
    const left = Math.max(x, sum - y - height);
    const right = Math.min(x + width, sum - y);
    path += segment(left, sum - left, right, sum - right);
  }
  return path;
}

function falling({ x, y, width, height }: Box): string {
  let path = '';
  for (const gap of marks(x - y - height, x + width - y, step)) {
    const left = Math.max(x, gap + y);
    const right = Math.min(x + width, gap + y + height);
    path += segment(left, left - gap, right, right - gap);
  }
  return path;
}

function dots({ x, y, width, height }: Box): string {
  let path = '';
  for (const row of marks(y, y + height - 1, step / 2))
    for (const column of marks(x + 1 - (Math.round((2 * row) / step) % 2) * (step / 2), x + width - 1, step)) {
      const at = column + (Math.round((2 * row) / step) % 2) * (step / 2);
      if (row > y + 1 && at < x + width - 1) path += segment(at, row, at + 0.1, row);
    }
  return path;
}

function level({ x, y, width, height }: Box): string {
  let path = '';
  for (const row of marks(y, y + height, step * 0.75)) path += segment(x, row, x + width, row);
  return path;
}

/** The lines of a texture within a box, on one grid for all boxes so that neighbours fit; empty for plain ones. */
export function texturePath(kind: Texture, box: Box): string {
  if (kind === 'hatch') return rising(box);
  if (kind === 'cross') return rising(box) + falling(box);
  if (kind === 'dots') return dots(box);
  return kind === 'bars' ? level(box) : '';
}
