import type { Canvas } from './canvas.ts';
import { measure } from './pdf-canvas.ts';

/** Counts the pages that a report will have, since each of them says of how many it is one. */
export function countingCanvas(size: { readonly width: number; readonly height: number }): Canvas & { readonly pages: number } {
  let pages = 0;
  const nothing = (): void => undefined;
  return {
    ...size,
    draws: false,
    get pages() {
      return pages;
    },
    addPage: async () => {
      pages += 1;
    },
    text: nothing,
    shape: nothing,
    measure,
    end: async () => undefined,
  };
}
