import { findExchange } from '@holdfast/engine/instruments';
import type { AssetClass, ListedSymbol } from '@holdfast/engine/instruments';
import { hasCalendar, isOpen, sessionOf, toInstantMs, toLocalMs, zoneOf } from '@holdfast/engine/time';
import type { Day, Zone } from '@holdfast/engine/time';

const UNITED_STATES: ReadonlySet<string> = new Set(['NYSE', 'NASDAQ', 'ARCA', 'CBOE', 'OTC']);

/** Vendors take a bare symbol for a listing in the United States, whichever exchange there it has. */
export function isUnitedStates({ exchange }: ListedSymbol): boolean {
  return exchange === null || UNITED_STATES.has(exchange);
}

const DAY_MS = 86_400_000;

/** The zone by whose clock a listing's days begin. */
export function zoneOfListing({ exchange }: ListedSymbol): Zone {
  if (exchange === null) return 'America/New_York';
  return hasCalendar(exchange) ? zoneOf(exchange) : 'UTC';
}

/** Where a day of the listing begins, as an instant. */
export function startOfListingDay(listing: ListedSymbol, day: Day): number {
  return toInstantMs(zoneOfListing(listing), day * DAY_MS);
}

export function listingDayOf(listing: ListedSymbol, at: number): Day {
  return Math.floor(toLocalMs(zoneOfListing(listing), at) / DAY_MS);
}

/** When a price of which only the day is told was made: now while that day's session runs, else at its end. */
export function lastTradeOn(listing: ListedSymbol, day: Day, now: number): number {
  const exchange = listing.exchange ?? 'NYSE';
  if (!hasCalendar(exchange)) return Math.min(now, startOfListingDay(listing, day + 1) - 1_000);
  if (isOpen(exchange, now) && listingDayOf(listing, now) === day) return now;
  const session = sessionOf(exchange, day);
  return Math.min(now, session?.closeAt ?? startOfListingDay(listing, day));
}

const ASSET_CLASSES: readonly (readonly [RegExp, AssetClass])[] = [
  [/etf|etp|exchange.traded/i, 'etf'],
  [/fund/i, 'fund'],
  [/bond/i, 'bond'],
  [/crypto|digital/i, 'crypto'],
  [/index/i, 'index'],
  [/currency|forex|physical/i, 'cash'],
  [/equity|stock|share|adr|gdr|reit|receipt|common/i, 'stock'],
];

/** What a vendor's word for a kind of instrument means here. */
export function assetClassOf(words: string): AssetClass {
  return ASSET_CLASSES.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
}

const EXCHANGE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(nasdaq|nms|ngm|ncm|xnas|xnms|xngs|xncm)/i, 'NASDAQ'],
  [/(arca|^pcx|^arcx)/i, 'ARCA'],
  [/^(cboe|bats|bts)/i, 'CBOE'],
  [/^(otc|pnk|pink|oqx)/i, 'OTC'],
  [/^(nyse|new york|nyq|xnys)/i, 'NYSE'],
  [/^(lse|london|xlon)/i, 'LSE'],
  [/^(xetra|xetr|ger$|fra$|deutsche)/i, 'XETRA'],
  [/^(tokyo|jpx|tse$|xtks|tyo)/i, 'TSE'],
  [/^(nse$|nsi$|xnse|national stock exchange of india)/i, 'NSE'],
  [/^(bse$|bombay|xbom)/i, 'BSE'],
  [/^(ccc|ccy$|crypto)/i, 'CRYPTO'],
];

/** The exchange a vendor's code or name stands for, or null when it is none that is known here. */
export function exchangeOf(words: string): string | null {
  return EXCHANGE_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? findExchange(words)?.code ?? null;
}

/** Currencies whose prices are written in hundredths, as in London, and the currency that is meant. */
const HUNDREDTHS: Readonly<Record<string, string>> = { GBp: 'GBP', GBX: 'GBP', ZAc: 'ZAR', ILA: 'ILS' };

export function currencyOf(written: string): { readonly currency: string; readonly inHundredths: boolean } {
  const whole = HUNDREDTHS[written];
  return whole === undefined ? { currency: written.toUpperCase(), inHundredths: false } : { currency: whole, inHundredths: true };
}
