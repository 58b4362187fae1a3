// Where labels go so that none covers another.

/** Places as near as possible to where they are wanted, at least `gap` apart, within [low, high]. In the order given. */
export function spread(wanted: number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const room = order.length > 1 ? Math.min(gap, (high - low) / (order.length - 1)) : gap;
  // Neighbours that would touch form a block, which stands around the mean of what its members want.
  const blocks: { sum: number; count: number; at: number }[] = [];
  const place = (block: { sum: number; count: number }): number =>
    Math.max(low, Math.min(high - room * (block.count - 1), block.sum / block.count - (room * (block.count - 1)) / 2));
  for (const index of order) {
    let block = { sum: wanted[index], count: 1, at: 0 };
    block.at = place(block);
    while (blocks.length) {
      const before = blocks[blocks.length - 1];
      if (before.at + room * before.count <= block.at + 1e-9) break;
      blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count, at: 0 };
      block.at = place(block);
    }
    blocks.push(block);
  }
  const result = new Array<number>(wanted.length);
  let next = 0;
  for (const block of blocks) for (let i = 0; i < block.count; ++i) result[order[next++]] = block.at + i * room;
  return result;
}

export interface Flag {
  x: number;
  row: number;
  text: string;
  left: number;  // where the text starts
}

export interface Wanted {
  x: number;
  width: number;
  text: string;
}

/** Staggers labels of vertical lines over rows (0 is the top one). A line runs from its label down through the lower rows, so no
 * label may stand in the way of another's line. `taken` are flags that stand already; null where no row is free. */
export function placeFlags(wanted: Wanted[], rows: number, left: number, right: number, taken: Flag[] = [],
  widthOf: (flag: Flag) => number = () => 0): (Flag | null)[] {
  const space = 5;  // between labels
  const clear = 1.5;  // between a label and another's line
  const placed = taken.map((flag) => ({ flag, width: widthOf(flag) }));
  const free = (flag: Flag, width: number): boolean =>
    placed.every(({ flag: other, width: otherWidth }) => {
      const covers = (x: number, at: number, wide: number): boolean => x > at - clear && x < at + wide + clear;
      if (other.row === flag.row) return flag.left + width + space <= other.left || other.left + otherWidth + space <= flag.left;
      return other.row < flag.row ? !covers(other.x, flag.left, width) : !covers(flag.x, other.left, otherWidth);
    });
  return wanted.map(({ x, width, text }) => {
    const beside = [x - 2, x + 2 - width];
    const over = x - width / 2;
    for (let row = 0; row < rows; ++row)
      for (const at of width < 20 ? [over, ...beside] : [...beside, over]) {
        const flag = { x, row, text, left: at };
        if (at < left || at + width > right || !free(flag, width)) continue;
        placed.push({ flag, width });
        return flag;
      }
    return null;
  });
}
