// What every part of the page needs, handed down by Svelte's context instead of through each component between.
import { getContext, setContext } from 'svelte';
import type { PageDocument } from './document';
import type { NumberedEvent } from './chart/lines';
import type { Selection } from './selection.svelte';

export interface Page {
  document: PageDocument;
  events: NumberedEvent[];
  selection: Selection;
  room: Room;
}

/** How much room charts have, and whether they stand already. */
export class Room {
  width = $state(0);  // all stand in one column, so it is measured once
  drawn = $state(false);  // what is far below waits until the charts are on the screen
}

const key = 'page';
export const providePage = (page: Page): Page => setContext(key, page);
export const usePage = (): Page => getContext<Page>(key);
