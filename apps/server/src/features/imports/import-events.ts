/** Events on the bus. */

/** An import was committed: `{ id, instrumentKeys }`, in several events when it touched many instruments. */
export const IMPORT_DONE = 'imports.done';

export interface ImportDone {
  readonly id: string;
  readonly instrumentKeys: readonly number[];
}

/** A channel has new facts in `stream_facts`: `{ channel }`. */
export const FACTS_ADDED = 'stream.facts';
