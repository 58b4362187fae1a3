// Which worlds and platforms the reader wants to see, for all charts at once.
import type { BarGroup, Line, PageDocument, World } from './document';
import type { NumberedEvent } from './chart/lines';

export class Selection {
  worlds: boolean[];
  platforms: boolean[];

  constructor(page: PageDocument) {
    this.worlds = $state(page.worlds.map(() => true));
    this.platforms = $state(page.platforms.map(() => true));
  }

  shows(item: { world: number | null; platform: number | null }): boolean {
    // What is not listed cannot be hidden: colours of a document without platforms.
    return (item.world === null || this.worlds[item.world] !== false) && (item.platform === null || this.platforms[item.platform] !== false);
  }

  lines(lines: Line[]): Line[] {
    return lines.filter((line) => this.shows(line));
  }

  groups(groups: BarGroup[]): BarGroup[] {
    return groups.filter((group) => this.shows(group));
  }

  events(events: NumberedEvent[]): NumberedEvent[] {
    return events.filter((event) => event.worlds.length === 0 || event.worlds.some((world) => this.worlds[world]));
  }
}

/** A world's name as people write it. */
export const nameOf = (world: World | undefined): string => (world?.id ?? '').replaceAll('_', ' ');

/** Events in order of their dates, numbered from 1. */
export function numbered(page: PageDocument): NumberedEvent[] {
  return [...page.events]
    .sort((a, b) => a.day - b.day)
    .map((event, index) => ({ ...event, number: index + 1, parts: event.worlds.length < page.worlds.length }));
}
