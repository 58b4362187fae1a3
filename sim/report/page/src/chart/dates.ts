// Days since the start of the run, as dates. All in UTC: a page must show the same dates everywhere.

const dayMs = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function dateOf(start: string, day: number): Date {
  return new Date(Date.parse(`${start.slice(0, 10)}T00:00:00Z`) + Math.floor(day) * dayMs);
}

export function dayOf(start: string, date: Date): number {
  return Math.round((date.getTime() - dateOf(start, 0).getTime()) / dayMs);
}

/** 30 Dec 2016 */
export function dateText(start: string, day: number): string {
  const date = dateOf(start, day);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export interface TimeTick {
  day: number;
  label: string;
}

/** Ticks at firsts of months or years, or every few days in a short run; at most `most` of them. */
export function timeTicks(start: string, first: number, last: number, most: number): TimeTick[] {
  const span = last - first;
  for (const days of [1, 2, 7, 14]) {
    if (span / days > most) continue;
    const ticks: TimeTick[] = [];
    for (let day = first; day <= last; day += days) ticks.push({ day, label: dateText(start, day).replace(/ \d+$/, '') });
    return ticks;
  }
  const step = [1, 3, 6, 12, 24, 60, 120, 240].find((each) => span / (each * 30.44) <= most) ?? 600;
  const from = dateOf(start, first);
  const ticks: TimeTick[] = [];
  for (let month = 0; ; month += step) {
    const date = new Date(Date.UTC(from.getUTCFullYear(), month, 1));
    if (step > 12) date.setUTCFullYear(Math.ceil(from.getUTCFullYear() / (step / 12)) * (step / 12) + month / 12);
    const day = dayOf(start, date);
    if (day > last) return ticks;
    if (day < first) continue;
    const label = date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : months[date.getUTCMonth()];
    ticks.push({ day, label });
  }
}

/** The last point of each calendar year, by index; the very last point closes a year that has not ended. */
export function yearEnds(start: string, days: number[]): number[] {
  const year = (index: number): number => dateOf(start, days[index]).getUTCFullYear();
  return days.map((_, index) => index).filter((index) => index === days.length - 1 || year(index) !== year(index + 1));
}

/** The index of the day nearest to `day`; days rise. */
export function nearest(days: number[], day: number): number {
  let low = 0;
  let high = days.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low > 0 && day - days[low - 1] <= days[low] - day ? low - 1 : low;
}
