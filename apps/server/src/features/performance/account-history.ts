/** Realized gains, income, lots and explanations from a whole history, as the text of the answer. Runs on another thread. */
import { washSales } from '@holdfast/engine/lots';
import type { Acquisition, RealizedGain } from '@holdfast/engine/lots';
import type { Transaction } from '@holdfast/engine/ledger';
import { add, decimal, divide, formatDecimal, isZero, multiply, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { explain, positionsOf, recordHistory, valuePortfolio } from '@holdfast/engine/portfolio';
import type { ExplainedFigure, PortfolioBook, Trail, TrailSource } from '@holdfast/engine/portfolio';
import { dateOf, formatDay, monthName } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { readHistory } from './read-history.ts';
import type { ExplainInput, GainsInput, HistoryInput, IncomeInput, InstrumentName, LotsInput } from './task-input.ts';

export function gainsText(input: GainsInput): string {
  const { book, transactions } = recorded(input);
  const instrumentOf = disposedInstruments(transactions);
  const disallowed = input.costMethod === 'average' ? new Map<RealizedGain, Decimal>() : disallowedLosses(book, transactions, instrumentOf);
  const all = book.gains.filter((gain) => input.instrument === null || instrumentOf.get(gain.transactionId) === input.instrument);
  const years = new Map<number, Decimal>();
  for (const gain of all) years.set(yearOf(gain.soldOn), add(years.get(yearOf(gain.soldOn)) ?? ZERO, gain.baseGain));
  const shown = all.filter(({ soldOn }) => input.year === null || yearOf(soldOn) === input.year);
  const total = (pick: (gain: RealizedGain) => Decimal) => formatDecimal(sum(shown.map(pick)));
  return JSON.stringify({
    portfolioId: input.portfolioId,
    currency: input.baseCurrency,
    costMethod: input.costMethod,
    year: input.year,
    totals: {
      proceeds: total(({ baseProceeds }) => baseProceeds),
      cost: total(({ baseCost }) => baseCost),
      gain: total(({ baseGain }) => baseGain),
      shortTerm: total(({ baseGain, term }) => (term === 'short' ? baseGain : ZERO)),
      longTerm: total(({ baseGain, term }) => (term === 'long' ? baseGain : ZERO)),
      disallowed: total((gain) => disallowed.get(gain) ?? ZERO),
    },
    years: [...years].sort(([one], [other]) => one - other).map(([year, gain]) => ({ year, gain: formatDecimal(gain) })),
    items: shown.map((gain) => gainJson(gain, nameOf(input, instrumentOf.get(gain.transactionId)), disallowed.get(gain) ?? ZERO)),
  });
}

function gainJson(gain: RealizedGain, { symbol, name }: InstrumentName, disallowed: Decimal) {
  return {
    transactionId: gain.transactionId,
    lotId: gain.lotId,
    symbol,
    name,
    // A pool has no single day of acquisition.
    acquiredOn: gain.term === null ? null : formatDay(gain.acquiredOn),
    disposedOn: formatDay(gain.soldOn),
    quantity: formatDecimal(gain.quantity),
    proceeds: formatDecimal(gain.baseProceeds),
    cost: formatDecimal(gain.baseCost),
    gain: formatDecimal(gain.baseGain),
    term: gain.term,
    disallowed: formatDecimal(disallowed),
  };
}

/** The part of each loss that wash sales disallow, in the base currency at the rate of the sale. */
function disallowedLosses(
  book: PortfolioBook,
  transactions: readonly Transaction[],
  instrumentOf: ReadonlyMap<string, string>,
): ReadonlyMap<RealizedGain, Decimal> {
  const acquisitions = new Map<string, Acquisition[]>();
  for (const transaction of transactions) {
    if (transaction.type !== 'buy' && transaction.type !== 'transferIn') continue;
    const own = acquisitions.get(transaction.instrument) ?? [];
    const acquiredOn = transaction.type === 'transferIn' ? (transaction.acquiredOn ?? transaction.tradedOn) : transaction.tradedOn;
    own.push({ lotId: transaction.id, acquiredOn, quantity: transaction.quantity });
    acquisitions.set(transaction.instrument, own);
  }
  const found = new Map<RealizedGain, Decimal>();
  for (const [instrument, own] of acquisitions) {
    const gains = book.gains.filter((gain) => instrumentOf.get(gain.transactionId) === instrument);
    for (const washed of washSales(gains, own).gains) {
      if (washed.disallowedLoss === ZERO) continue;
      const { gain } = washed;
      const rate = isZero(gain.proceeds) ? null : divide(gain.baseProceeds, gain.proceeds);
      const loss = rate === null ? washed.disallowedLoss : multiply(washed.disallowedLoss, rate);
      found.set(gain, add(found.get(gain) ?? ZERO, loss));
    }
  }
  return found;
}

export function incomeText(input: IncomeInput): string {
  const { book } = recorded(input);
  const inYear = ({ on }: { readonly on: Day }) => input.year === null || yearOf(on) === input.year;
  const income = book.income.filter(inYear);
  const months = new Map<string, Decimal>();
  for (const { on, amount } of income) months.set(monthName(on), add(months.get(monthName(on)) ?? ZERO, amount));
  return JSON.stringify({
    portfolioId: input.portfolioId,
    currency: input.baseCurrency,
    year: input.year,
    total: formatDecimal(sum(income.map(({ amount }) => amount))),
    costs: formatDecimal(sum(book.costs.filter(inYear).map(({ amount }) => amount))),
    months: [...months].map(([month, amount]) => ({ month, amount: formatDecimal(amount) })),
    items: income.map(({ transactionId, on, amount, instrument }) => ({
      transactionId,
      symbol: instrument === null ? null : nameOf(input, instrument).symbol,
      on: formatDay(on),
      amount: formatDecimal(amount),
    })),
  });
}

export function lotsText(input: LotsInput): string {
  const { book } = recorded(input);
  const position = positionsOf(book).find(({ instrument }) => instrument === input.instrument);
  const lots = position?.lots ?? [];
  return JSON.stringify({
    symbol: nameOf(input, input.instrument).symbol,
    currency: position?.currency ?? input.currency,
    costMethod: input.costMethod,
    quantity: formatDecimal(position?.quantity ?? ZERO),
    costBasis: formatDecimal(position?.costBasis ?? ZERO),
    items: lots.map(({ id, acquiredOn, quantity, cost, baseCost }) => ({
      lotId: id,
      acquiredOn: input.costMethod === 'average' ? null : formatDay(acquiredOn),
      quantity: formatDecimal(quantity),
      cost: formatDecimal(cost),
      baseCost: formatDecimal(baseCost),
      unitCost: formatDecimal(divide(cost, quantity)),
    })),
  });
}

export function explainText(input: ExplainInput): string {
  const { book } = recorded(input);
  const exact = (text: string | undefined) => (text === undefined ? null : decimal(text));
  const valuation = valuePortfolio(book, {
    priceOf: (instrument) => exact(input.latestPrices[instrument]),
    baseRateOf: (currency) => exact(input.latestRates[currency]),
  });
  const figure = input.figure as ExplainedFigure;
  const trail = explain(book, valuation, figure);
  return JSON.stringify({ portfolioId: input.portfolioId, figure, trail: trail === null ? null : trailJson(trail, input) });
}

function trailJson(trail: Trail, input: ExplainInput): object {
  const { figure, operation } = trail;
  const value = formatDecimal(trail.value);
  if (trail.operation === 'given') return { figure, operation, value, source: sourceJson(trail.source, input) };
  const shown = trail.inputs.slice(0, input.most).map((part) => trailJson(part, input));
  const subject = trail.subject === undefined ? {} : { subject: input.names[trail.subject]?.symbol ?? trail.subject };
  const left = trail.inputs.length - shown.length;
  return { figure, operation, ...subject, value, inputs: shown, ...(left > 0 ? { left } : {}) };
}

function sourceJson(source: TrailSource, input: HistoryInput): object {
  if (!('instrument' in source)) return source;
  const { instrument, ...rest } = source;
  return { ...rest, symbol: nameOf(input, instrument).symbol };
}

function recorded(input: HistoryInput): { readonly book: PortfolioBook; readonly transactions: readonly Transaction[] } {
  const { baseCurrency, costMethod, cashMode, shorting } = input;
  const transactions = readHistory(input);
  return { book: recordHistory({ baseCurrency, costMethod, cashMode, shorting }, transactions).book, transactions };
}

/** What each transaction that can gain is of. */
function disposedInstruments(transactions: readonly Transaction[]): ReadonlyMap<string, string> {
  return new Map(
    transactions.flatMap((fact) => ('instrument' in fact && fact.instrument !== undefined ? [[fact.id, fact.instrument]] : [])),
  );
}

function nameOf({ names }: HistoryInput, instrument: string | undefined): InstrumentName {
  return (instrument === undefined ? undefined : names[instrument]) ?? { symbol: 'unknown', name: 'unknown' };
}

function yearOf(day: Day): number {
  return dateOf(day).year;
}
