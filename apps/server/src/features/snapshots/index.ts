/** Snapshots: what a portfolio was worth at the close of each of its days. Kept here, made by performance. */
export { joinSnapshots } from './join-snapshots.ts';
export {
  findDuePortfolios,
  findSnapshots,
  findSnapshotState,
  forgetSnapshots,
  markPricesStale,
  markStale,
  saveSnapshots,
} from './snapshot-store.ts';
export type { MadeSnapshots, Snapshots, SnapshotState } from './snapshot-store.ts';
