import { Type } from 'typebox';
import type { Static } from 'typebox';
import { Instrument } from '../instruments/index.ts';
import { Quote } from '../quotes/index.ts';
import { Closed, Exact, ExactInput, Id, Instant, Nullable, OneOf, Symbol } from '../shapes.ts';

export const Watchlist = Closed({
  id: Id,
  name: Type.String(),
  note: Type.String(),
  isDefault: Type.Boolean({ description: 'One of a user’s watchlists is the default: what is watched without naming a list goes there.' }),
  position: Type.Integer({ minimum: 0, description: 'Its place among the user’s watchlists, from 0.' }),
  itemCount: Type.Integer({ minimum: 0 }),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Watchlist = Static<typeof Watchlist>;

export const WatchlistItem = Closed({
  instrumentId: Id,
  symbol: Symbol,
  name: Type.String(),
  exchange: Nullable(Type.String()),
  assetClass: Instrument.properties.assetClass,
  currency: Instrument.properties.currency,
  status: Instrument.properties.status,
  position: Type.Integer({ minimum: 0, description: 'Its place in the list, from 0.' }),
  note: Type.String(),
  targetPrice: Nullable(Exact),
  targetDistancePercent: Nullable(
    Type.Number({ description: 'How far the price is from the target, as a part of the price: 5 means that it has to rise by 5 %.' }),
  ),
  addedAt: Instant,
  quote: Nullable(Quote),
  sparkline: Type.Array(Type.Number(), {
    description: 'The closing prices of the last 30 days, oldest first, made comparable across splits; without the day that is under way.',
  }),
});
export type WatchlistItem = Static<typeof WatchlistItem>;

export const WatchlistWithItems = Closed({ ...Watchlist.properties, items: Type.Array(WatchlistItem) });

export const WatchOutcome = Closed({
  symbol: Type.String({ description: 'As it was written.' }),
  outcome: OneOf(['added', 'alreadyThere', 'unknownSymbol', 'ambiguousSymbol', 'inactive', 'listFull']),
  detail: Nullable(Type.String({ description: 'What to do about it; null when it was added.' })),
});

export const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
export const Note = Type.String({ maxLength: 2_000 });
export const NewItem = Closed({
  symbol: Symbol,
  note: Type.Optional(Note),
  targetPrice: Type.Optional(Nullable(ExactInput)),
});

export const watchlistExample: Watchlist = {
  id: '01980a5e-7c1e-7000-8000-00000000e001',
  name: 'Technology',
  note: 'Looked at every Monday.',
  isDefault: true,
  position: 0,
  itemCount: 1,
  createdAt: '2026-01-05T14:30:00.000Z',
  updatedAt: '2026-01-05T14:30:00.000Z',
};

export const itemExample: WatchlistItem = {
  instrumentId: '01980a5e-7c1e-7000-8000-00000000a001',
  symbol: 'AAPL',
  name: 'Apple Inc.',
  exchange: 'NASDAQ',
  assetClass: 'stock',
  currency: 'USD',
  status: 'active',
  position: 0,
  note: 'Buy below the target.',
  targetPrice: '210',
  targetDistancePercent: -8.0721,
  addedAt: '2026-01-05T14:30:00.000Z',
  quote: {
    symbol: 'AAPL',
    currency: 'USD',
    last: '228.44',
    bid: '228.43',
    ask: '228.45',
    bidSize: '300',
    askSize: '200',
    open: '226.1',
    high: '229.02',
    low: '225.7',
    previousClose: '225.69',
    change: '2.75',
    changePercent: 1.2185,
    volume: '31204511',
    at: '2026-01-05T15:30:00.000Z',
    source: 'simulated',
    ageSeconds: 0,
    delayed: false,
  },
  sparkline: [221.4, 224.02, 225.69],
};
