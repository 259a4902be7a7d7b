import { decimalFromInteger } from '../../money/index.ts';
import type { Quote } from '../quote.ts';
import type { Listing } from './listing.ts';
import { keyAt, unitAt } from './noise.ts';
import type { PriceFeed } from './price-feed.ts';
import { priceOf } from './span-bar.ts';
import type { Moment } from './trading-days.ts';

/** Bid to ask as a part of the price, in hundredths of a per cent, at least one tick. What has one price a moment has no spread. */
function spreadTicks({ instrument, dailyDeviation }: Listing, last: number): number {
  switch (instrument.assetClass) {
    case 'index':
    case 'fund':
      return 0;
    case 'cash':
      return dailyDeviation === 0 ? 0 : Math.max(1, Math.round(last * 0.00005));
    case 'bond':
      return Math.max(1, Math.round(last * 0.0003));
    case 'stock':
    case 'etf':
    case 'crypto':
    case 'other':
      return Math.max(1, Math.round(last * 0.0001));
  }
}

/** Units that stand at the best price when few do: a small part of a day's volume, or what a bank or fund deals in. */
function leastSize({ instrument, dailyVolume }: Listing): number {
  if (instrument.assetClass === 'index') return 0;
  return dailyVolume === 0 ? 10_000 : Math.max(1, Math.round(dailyVolume / 200_000));
}

/** The quote of a second: the last price lies between bid and ask, and how far is drawn from that second's chance. */
export function quoteOf({ listing, feed }: { readonly listing: Listing; readonly feed: PriceFeed }, moment: Moment): Quote {
  const { symbol, tickSize } = listing.instrument;
  const { open, high, low, close: last, volume } = feed.soFar(moment.day, moment.second);
  const key = keyAt(keyAt(feed.key, moment.day), moment.second);
  const spread = spreadTicks(listing, last);
  const bid = last - Math.floor((spread + 1) * unitAt(key, 1));
  const size = leastSize(listing);
  return {
    symbol,
    last: priceOf(last, tickSize),
    bid: priceOf(bid, tickSize),
    ask: priceOf(bid + spread, tickSize),
    bidSize: decimalFromInteger(size * (1 + Math.floor(20 * unitAt(key, 2)))),
    askSize: decimalFromInteger(size * (1 + Math.floor(20 * unitAt(key, 3)))),
    open: priceOf(open, tickSize),
    high: priceOf(high, tickSize),
    low: priceOf(low, tickSize),
    previousClose: priceOf(feed.previousCloseOf(moment.day), tickSize),
    volume: decimalFromInteger(volume),
    at: moment.at,
  };
}
