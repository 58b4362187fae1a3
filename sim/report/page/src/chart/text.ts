// Widths of words before they are drawn, so that labels can be kept apart.
import { fonts } from './style';

export type Measure = (text: string, size: number, bold?: boolean) => number;

let context: CanvasRenderingContext2D | null | undefined;

export const measure: Measure = (text, size, bold = false) => {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size * 0.6;
  context.font = `${bold ? '600 ' : ''}${size}px ${fonts}`;
  return context.measureText(text).width;
};

/** The text, shortened with an ellipsis to `width`. */
export function shorten(text: string, width: number, size: number, by: Measure, bold = false): string {
  if (by(text, size, bold) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && by(`${letters.join('')}\u2026`, size, bold) > width) letters.pop();
  return `${letters.join('').trimEnd()}\u2026`;
}

/** A name for a saved file: lower case letters, digits and underscores. */
export function fileName(id: string, ending: string): string {
  const name = id.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return `${name || 'chart'}.${ending}`;
}

/** The text in lines of at most `width`, broken at spaces; what does not fit in `most` lines is shortened. */
export function wrap(text: string, width: number, size: number, by: Measure, most = 2): string[] {
  const lines: string[] = [];
  const words = text.split(/[ \n]+/).filter(Boolean);
  let line = '';
  while (words.length) {
    const longer = line ? `${line} ${words[0]}` : words[0];
    if (line && by(longer, size) > width) {
      if (lines.length + 1 === most) break;
      lines.push(line);
      line = '';
    } else {
      line = longer;
      words.shift();
    }
  }
  if (line) lines.push(shorten([line, ...words].join(' '), width, size, by));
  return lines;
}
