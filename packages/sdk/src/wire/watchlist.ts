import type { AnswerOf, BodyOf } from '@holdfast/contract';
import type { listPlans } from '@holdfast/contract/plans';
import type {
  addWatchlistItems,
  changeWatchlist,
  changeWatchlistItem,
  createWatchlist,
  getWatchlist,
  listWatchlists,
} from '@holdfast/contract/watchlists';

export type Watchlist = AnswerOf<typeof listWatchlists>['items'][number];
export type WatchlistWithItems = AnswerOf<typeof getWatchlist>;
export type WatchlistItem = WatchlistWithItems['items'][number];
export type NewWatchlist = BodyOf<typeof createWatchlist>;
export type WatchlistChange = BodyOf<typeof changeWatchlist>;
export type NewWatchlistItem = BodyOf<typeof addWatchlistItems>['items'][number];
export type WatchlistItemChange = BodyOf<typeof changeWatchlistItem>;
export type WatchOutcome = AnswerOf<typeof addWatchlistItems>['items'][number];
export type Plan = AnswerOf<typeof listPlans>['items'][number];
