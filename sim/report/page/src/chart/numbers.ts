// Numbers as people say them: 582 million, 12.3 %, 1,230.

const steps = [
  { size: 1e12, word: 'trillion' },
  { size: 1e9, word: 'billion' },
  { size: 1e6, word: 'million' },
];
const minus = '\u2212';
const noValue = '\u2013';

/** What a column or an axis divides its numbers by, so that its unit can be said once. */
export interface Scale {
  divide: number;
  unit: string;
}

// Making a format takes a while, so each is made once.
const formats = new Map<string, Intl.NumberFormat>();
function format(kind: 'SignificantDigits' | 'FractionDigits', least: number, most: number): Intl.NumberFormat {
  const key = `${kind}${least}/${most}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.NumberFormat('en', { [`minimum${kind}`]: least, [`maximum${kind}`]: most })));
  return found;
}

/** `exact` keeps the zeros at the end: 39.0 beside 36.7. */
function plain(value: number, digits: number, exact = false): string {
  if (value === 0) return '0';
  const text = format('SignificantDigits', exact ? digits : 1, digits).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? minus + text : text;
}

/** Units as files have them, as people say them. */
const inWords = (unit: string): string => unit.replace(/^1(?=$|\/)/, '').replace(/\/yr$/, ' a year').trim();

/** The scale of numbers up to `largest`: 6e8 people are told in "million people". */
export function scaleFor(largest: number, unit: string, percent = false): Scale {
  if (percent) return { divide: 0.01, unit: unit.includes('points') ? unit : '%' };
  const name = inWords(unit);
  const step = steps.find((each) => largest >= each.size) ?? (largest >= 2e4 ? { size: 1e3, word: 'thousand' } : null);
  return step ? { divide: step.size, unit: `${step.word} ${name}`.trim() } : { divide: 1, unit: name };
}

/** A value on a scale, without its unit. */
export function scaled(value: number | null | undefined, scale: Scale, digits = 4): string {
  return value == null || !Number.isFinite(value) ? noValue : plain(value / scale.divide, digits, !Number.isInteger(value) || scale.divide !== 1);
}

/** Tick labels all with as many decimals as their step needs. */
export function tickLabels(ticks: number[], scale: Scale): string[] {
  const values = ticks.map((tick) => tick / scale.divide);
  const step = values.length > 1 ? Math.abs(values[1] - values[0]) : 1;
  const decimals = Math.max(0, Math.min(8, Math.ceil(-Math.log10(step) - 1e-9) + (isWhole(step) ? 0 : extraDecimal(step))));
  const fixed = format('FractionDigits', decimals, decimals);
  return values.map((value) => (value < 0 ? minus : '') + fixed.format(Math.abs(value)));
}
const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-9;
/** 0.25 needs one decimal more than its size says. */
function extraDecimal(step: number): number {
  const unit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
  return isWhole(unit) ? 0 : 1;
}

/** A value with its interval: "582 million [575, 590]"; the interval is told on the value's scale. */
export function withInterval(value: number | null | undefined, low: number | null | undefined, high: number | null | undefined,
  scale: Scale, digits = 4): string {
  const middle = scaled(value, scale, digits);
  if (value == null || low == null || high == null) return middle;
  return `${middle} [${scaled(low, scale, digits)}, ${scaled(high, scale, digits)}]`;
}

/** With a plus sign where it is above 0: "+3.2". */
export function signed(value: number | null | undefined, scale: Scale, digits = 3): string {
  return `${value != null && value > 0 ? '+' : ''}${scaled(value, scale, digits)}`;
}
