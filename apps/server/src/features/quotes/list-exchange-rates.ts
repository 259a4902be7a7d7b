import type { listExchangeRates as contract } from '@holdfast/contract/quotes';
import type { AnswerOf, QueryOf } from '@holdfast/contract';
import { formatDecimal } from '@holdfast/engine/money';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { AppError } from '../../platform/http/index.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';

const MOST_DAYS = 1_100;
const DAY_MS = 86_400_000;

/** Rates per unit of a currency on each day of a range that has its own, and on the last day before it where the first has none. */
export function listExchangeRates(rates: ExchangeRates, query: QueryOf<typeof contract>, now: number): AnswerOf<typeof contract> {
  const base = (query.base ?? 'USD').toUpperCase();
  if (!rates.currencies.includes(base)) throw noRates(base, rates);
  const others = [...new Set(query.currencies?.toUpperCase().split(',') ?? rates.currencies)].filter((currency) => currency !== base);
  for (const currency of others) if (!rates.currencies.includes(currency)) throw noRates(currency, rates);
  const today = Math.floor(now / DAY_MS);
  const to = Math.min(today, dayOf(query.to, 'to') ?? today);
  const from = dayOf(query.from, 'from') ?? to;
  if (from > to) throw invalid('from', `is after ${formatDay(to)}`);
  if (to - from >= MOST_DAYS) throw invalid('from', `asks for ${to - from + 1} days; at most ${MOST_DAYS} are answered at once`);
  const days: AnswerOf<typeof contract>['days'] = [];
  let last: Day | null = null;
  for (let day = from; day <= to; day += 1) {
    const published = rates.rateOn(base, base, day)?.day ?? null;
    if (published === null || published === last) continue;
    last = published;
    days.push({ day: formatDay(published), rates: ratesOn(rates, { base, others }, published) });
  }
  return { base, source: rates.source, days };
}

function ratesOn(rates: ExchangeRates, { base, others }: { readonly base: string; readonly others: readonly string[] }, day: Day) {
  const known: Record<string, string> = {};
  for (const currency of others) {
    const found = rates.rateOn(base, currency, day);
    if (found !== null) known[currency] = formatDecimal(found.rate);
  }
  return known;
}

function dayOf(text: string | undefined, path: string): Day | null {
  if (text === undefined) return null;
  const parsed = parseDay(text);
  if (parsed === null) throw invalid(path, 'is not a day of the calendar');
  return parsed;
}

function noRates(currency: string, { currencies }: ExchangeRates): AppError {
  return new AppError('no_exchange_rate', `There are no rates of ${currency}. There are of ${currencies.join(', ')}.`);
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
