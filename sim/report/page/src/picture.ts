// Charts as files: drawn anew at a fixed size in light colours, so that a picture is the same from a phone and from a dark screen.
import { flushSync, mount, unmount } from 'svelte';
import Picture from './chart/Picture.svelte';
import { fileName } from './chart/text';
import type { Chart } from './document';
import type { Page } from './page.svelte';

/** The chart as a complete SVG document that needs no style sheet. */
export function svgText(chart: Chart, { document: page, events, selection }: Page): string {
  const stage = document.createElement('div');
  stage.className = 'light unseen';
  document.body.append(stage);
  const drawing = mount(Picture, { target: stage, props: { chart, document: page, events, selection } });
  flushSync();
  try {
    const svg = stage.querySelector('svg') as SVGSVGElement;
    const anchors = document.createNodeIterator(stage, NodeFilter.SHOW_COMMENT);
    for (let node = anchors.nextNode(); node; node = anchors.nextNode()) (node as Comment).data = '';
    const colours = getComputedStyle(stage);
    const text = new XMLSerializer().serializeToString(svg).replaceAll('<!---->', '');
    return text.replace(/var\((--[\w-]+)\)/g, (_, name: string) => colours.getPropertyValue(name).trim());
  } finally {
    void unmount(drawing);
    stage.remove();
  }
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);  // the browser may still be reading it
}

export function saveSvg(chart: Chart, page: Page): void {
  save(new Blob([svgText(chart, page)], { type: 'image/svg+xml' }), fileName(chart.id, 'svg'));
}

/** At twice the size, which is sharp on a projector. */
export async function savePng(chart: Chart, page: Page): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(chart, page))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!content) throw new Error('no picture');
  save(content, fileName(chart.id, 'png'));
}
