import { quoteChange } from '@holdfast/engine/bars';
import type { AssetClass } from '@holdfast/engine/instruments';
import { formatDecimal, multiply, toNumber } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import { Serialised } from '../../platform/http/index.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import { MANUAL_SOURCE, symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';

export interface MoversNeeds {
  readonly clock: Clock;
  readonly book: InstrumentBook;
  readonly board: QuoteBoard;
  readonly rates: ExchangeRates;
}

export interface MoversRequest {
  readonly assetClass?: AssetClass;
  readonly limit?: number;
}

interface Mover {
  readonly instrument: Instrument;
  readonly last: Decimal;
  readonly change: Decimal;
  readonly changePercent: Decimal;
  readonly volume: Decimal | null;
  /** In US dollars, so that markets of several currencies compare. */
  readonly turnover: number | null;
}

/** A quote older than a long weekend is no move of today. */
const FRESH_MS = 4 * 86_400_000;
const SECOND_MS = 1_000;

/** Answers who gains, loses and is traded most; worked out at most once a second for each question. */
export function createMovers(needs: MoversNeeds): (request: MoversRequest) => Serialised {
  const made = new Map<string, Serialised>();
  let madeAt = Number.NaN;
  return ({ assetClass, limit = 10 }) => {
    const second = Math.floor(needs.clock.now() / SECOND_MS);
    if (second !== madeAt) made.clear();
    madeAt = second;
    const name = `${assetClass ?? ''} ${limit}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    const text = new Serialised(moversText(moversOf(needs, assetClass), { at: second * SECOND_MS, limit }));
    made.set(name, text);
    return text;
  };
}

function moversOf({ clock, book, board, rates }: MoversNeeds, assetClass: AssetClass | undefined): readonly Mover[] {
  const movers: Mover[] = [];
  const now = clock.now();
  for (const instrument of book.listPublic()) {
    if (!counts(instrument, assetClass)) continue;
    const quote = board.quoteOf(instrument.key);
    if (quote === null || quote.previousClose === null || now - quote.at > FRESH_MS) continue;
    const { last, previousClose, volume } = quote;
    const { change, changePercent } = quoteChange({ last, previousClose });
    if (changePercent === null) continue;
    const dollars = volume === null ? null : rates.rate(instrument.currency, 'USD', now);
    const turnover = volume === null || dollars === null ? null : toNumber(multiply(multiply(volume, last), dollars));
    movers.push({ instrument, last, change, changePercent, volume, turnover });
  }
  return movers;
}

function counts({ status, source, assetClass }: Instrument, wanted: AssetClass | undefined): boolean {
  if (status !== 'active' || source === MANUAL_SOURCE) return false;
  return wanted === undefined ? assetClass !== 'index' && assetClass !== 'cash' : assetClass === wanted;
}

function moversText(movers: readonly Mover[], { at, limit }: { readonly at: number; readonly limit: number }): string {
  const first = (wanted: readonly Mover[]): string => `[${wanted.slice(0, limit).map(moverText).join(',')}]`;
  // The list is by symbol, and sorting keeps that order among equals.
  const byChange = movers.toSorted((a, b) => (a.changePercent < b.changePercent ? 1 : a.changePercent > b.changePercent ? -1 : 0));
  const gainers = byChange.filter(({ change }) => change > 0n);
  const losers = movers
    .filter(({ change }) => change < 0n)
    .toSorted((a, b) => (a.changePercent < b.changePercent ? -1 : a.changePercent > b.changePercent ? 1 : 0));
  const active = movers
    .filter(({ turnover }) => turnover !== null && turnover > 0)
    .toSorted((a, b) => (b.turnover ?? 0) - (a.turnover ?? 0));
  return `{"at":"${new Date(at).toISOString()}","gainers":${first(gainers)},"losers":${first(losers)},"mostActive":${first(active)}}`;
}

function moverText({ instrument, last, change, changePercent, volume, turnover }: Mover): string {
  return JSON.stringify({
    symbol: symbolOf(instrument),
    name: instrument.name,
    assetClass: instrument.assetClass,
    currency: instrument.currency,
    last: formatDecimal(last),
    change: formatDecimal(change),
    changePercent: toNumber(changePercent),
    volume: volume === null ? null : formatDecimal(volume),
    turnover: turnover === null ? null : Math.round(turnover * 100) / 100,
  });
}
