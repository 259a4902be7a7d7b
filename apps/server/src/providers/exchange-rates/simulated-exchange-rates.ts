import { decimalFromInteger, divide, ONE, prorate } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { isWeekday } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { ComputedMarket } from '../market-data/index.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import { driftOn } from './drift.ts';

/**
 * Units per US dollar about the beginning of 2025 (rounded closing rates as quoted in the press) and how far a rate wanders from there,
 * in per cent. Pegged currencies hardly move: the Hong Kong dollar is kept between 7.75 and 7.85, the dirham and the riyal are fixed.
 */
const LEVELS: Readonly<Record<string, readonly [perDollar: number, wanders: number]>> = {
  AED: [3.6725, 0],
  BRL: [6.18, 14],
  CNY: [7.3, 4],
  CZK: [24.5, 8],
  DKK: [7.26, 6],
  HKD: [7.78, 0.4],
  HUF: [400, 10],
  ILS: [3.64, 8],
  KRW: [1470, 8],
  MXN: [20.6, 10],
  NOK: [11.35, 8],
  NZD: [1.785, 8],
  PLN: [4.16, 8],
  SAR: [3.75, 0],
  SEK: [11.1, 8],
  SGD: [1.365, 4],
  THB: [34.3, 6],
  TRY: [35.4, 10],
  TWD: [32.8, 5],
  ZAR: [18.8, 10],
};

/** Pairs of the simulated market, whose first price of the day is the day's rate: a pair and its rate must not tell two stories. */
const PAIRS: Readonly<Record<string, readonly [pair: string, dollarFirst: boolean]>> = {
  EUR: ['EURUSD', false],
  GBP: ['GBPUSD', false],
  AUD: ['AUDUSD', false],
  JPY: ['USDJPY', true],
  CHF: ['USDCHF', true],
  CAD: ['USDCAD', true],
  INR: ['USDINR', true],
};

const DAY_MS = 86_400_000;
/** 1970-01-05 and 2099-12-25, within the life of the simulated market. */
const FIRST_DAY = 4;
const LAST_DAY = 47_475;
const MOST_KEPT_DAYS = 4_000;

/**
 * Rates that are a pure function of seed and day, crossed over the US dollar. A day's rate is fixed as the day begins, so that it is the
 * same in the morning and in next year's books. Saturdays and Sundays have Friday's.
 */
export function simulatedExchangeRates({ seed, market }: { readonly seed: string; readonly market: ComputedMarket }): ExchangeRates {
  const currencies = Object.freeze(['USD', ...Object.keys(PAIRS), ...Object.keys(LEVELS)].sort());
  const kept = new Map<string, Decimal | null>();
  const perDollarOn = (currency: string, day: Day): Decimal | null => {
    if (currency === 'USD') return ONE;
    const name = `${currency}${day}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    // All days of all currencies would be much memory for little use: start over now and then.
    if (kept.size >= MOST_KEPT_DAYS) kept.clear();
    const made = PAIRS[currency] === undefined ? levelOn(seed, currency, day) : pairOn(market, currency, day);
    kept.set(name, made);
    return made;
  };
  const rateOn = (from: string, to: string, day: Day): { readonly day: Day; readonly rate: Decimal } | null => {
    const published = lastPublished(day);
    if (published === null || !currencies.includes(from) || !currencies.includes(to)) return null;
    if (from === to) return { day: published, rate: ONE };
    const perDollarFrom = perDollarOn(from, published);
    const perDollarTo = perDollarOn(to, published);
    if (perDollarFrom === null || perDollarTo === null) return null;
    return { day: published, rate: prorate(perDollarTo, { part: ONE, whole: perDollarFrom }) };
  };
  return Object.freeze({
    source: 'simulated',
    currencies,
    rateOn,
    rate: (from: string, to: string, at: number) => (from === to ? ONE : (rateOn(from, to, Math.floor(at / DAY_MS))?.rate ?? null)),
  });
}

function lastPublished(day: Day): Day | null {
  for (let published = Math.min(day, LAST_DAY); published >= FIRST_DAY; published -= 1) if (isWeekday(published)) return published;
  return null;
}

/** The first price of the day's first minute, the one figure of a day that is known as soon as it begins. */
function pairOn(market: ComputedMarket, currency: string, day: Day): Decimal | null {
  const [pair, dollarFirst] = PAIRS[currency] ?? ['', true];
  const quote = market.quoteAt(pair, day * DAY_MS);
  if (quote === null) return null;
  const rate = quote.open ?? quote.last;
  return dollarFirst ? rate : divide(ONE, rate);
}

const PLACES = 1_000_000;

function levelOn(seed: string, currency: string, day: Day): Decimal | null {
  const [level, wanders] = LEVELS[currency] ?? [0, 0];
  if (level === 0) return null;
  const units = Math.round(level * (1 + (wanders / 100) * driftOn(`${seed} ${currency}`, day)) * PLACES);
  return divide(decimalFromInteger(units), decimalFromInteger(PLACES));
}
