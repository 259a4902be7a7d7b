import { quoteChange } from '@holdfast/engine/bars';
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { IMPORT_SOURCE, MANUAL_SOURCE, symbolOf } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { SIMULATED } from '../../providers/market-data/index.ts';
import type { Quote } from './quote.ts';

/** A quote as the API prints it, without what depends on when it is read. */
export function quoteText(quote: Quote, instrument: Instrument): string {
  const { last, previousClose, at } = quote;
  const change = previousClose === null ? null : quoteChange({ last, previousClose });
  // Names may hold any sign; figures are plain decimal notation, which is JSON's own for the one that is a number.
  return (
    `{"symbol":${JSON.stringify(symbolOf(instrument))},"currency":${JSON.stringify(instrument.currency)},"last":"${formatDecimal(last)}"` +
    `,"bid":${exact(quote.bid)},"ask":${exact(quote.ask)},"bidSize":${exact(quote.bidSize)},"askSize":${exact(quote.askSize)}` +
    `,"open":${exact(quote.open)},"high":${exact(quote.high)},"low":${exact(quote.low)},"previousClose":${exact(previousClose)}` +
    `,"change":${exact(change?.change ?? null)},"changePercent":${number(change?.changePercent ?? null)},"volume":${exact(quote.volume)}` +
    `,"at":"${new Date(at).toISOString()}","source":${JSON.stringify(quote.source)}}`
  );
}

/** The end of an answer: whole seconds since the price was made, and whether that is longer than its source should take. */
export function ageAndEnd({ at, source }: Pick<Quote, 'at' | 'source'>, now: number): string {
  const ageSeconds = Math.max(0, Math.floor((now - at) / 1_000));
  return `,"ageSeconds":${ageSeconds},"delayed":${ageSeconds > delayedAfterSeconds(source)}}`;
}

const DAY_SECONDS = 86_400;

/**
 * How old a price of a source may be. What the simulated market says is never late: closed hours are no delay. Prices given by hand are
 * expected once a month, which is how often houses and private funds are valued; those of a file only while it is being played.
 */
function delayedAfterSeconds(source: string): number {
  switch (source) {
    case SIMULATED:
      return Number.POSITIVE_INFINITY;
    case MANUAL_SOURCE:
      return 31 * DAY_SECONDS;
    case IMPORT_SOURCE:
      return 60;
    default:
      return 15 * 60;
  }
}

function exact(value: Decimal | null): string {
  return value === null ? 'null' : `"${formatDecimal(value)}"`;
}

function number(value: Decimal | null): string {
  return value === null ? 'null' : formatDecimal(value);
}
