/**
 * What the demonstration account has to show: three years of purchases and sales at the prices of their days, and a practice portfolio
 * with a few fills and an order that waits. Everything goes through the use cases that people use.
 */
import { decimal, divide, floorToStep, formatDecimal, multiply, roundTo } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { addMonths, dayOfInstant, formatDay } from '@holdfast/engine/time';
import type { DemonstrationStep } from './features/accounts/index.ts';
import type { PriceHistory } from './features/bars/index.ts';
import type { Desk, PortfolioStates } from './features/desk/index.ts';
import type { QuoteBoard } from './features/quotes/index.ts';
import { findDefaultPortfolio, listPaper, openPortfolio } from './features/portfolios/index.ts';
import { orderCommand } from './features/orders/index.ts';
import { recordTransaction } from './features/transactions/index.ts';
import type { TransactionNeeds } from './features/transactions/index.ts';
import { addItems, createWatchlist } from './features/watchlists/index.ts';

export interface DemonstrationNeeds extends TransactionNeeds {
  readonly history: PriceHistory;
  readonly quotes: QuoteBoard;
  readonly desk: Desk;
  readonly states: PortfolioStates;
}

export interface Demonstration {
  /** Runs in the transaction that creates the account. */
  readonly steps: readonly DemonstrationStep[];
  /** Trades in the practice portfolio, once the account is there; does nothing where it has traded before. */
  trade(userId: string): Promise<void>;
}

/** Months before now, symbol, amount in its currency; a negative amount is a sale. */
const PLAN: readonly (readonly [monthsAgo: number, symbol: string, amount: number])[] = [
  [36, 'SPY', 6_000],
  [35, 'BND', 3_000],
  [34, 'AAPL', 2_500],
  [32, 'MSFT', 2_500],
  [30, 'SPY', 3_000],
  [28, 'BTC', 1_000],
  [26, 'SAP', 1_800],
  [24, 'BND', 2_000],
  [22, 'AAPL', -1_200],
  [20, 'SPY', 3_000],
  [18, 'MSFT', 1_500],
  [15, 'BTC', 800],
  [12, 'SPY', 3_000],
  [10, 'SAP', -700],
  [8, 'BND', 1_500],
  [6, 'AAPL', 1_500],
  [4, 'MSFT', -1_000],
  [2, 'SPY', 2_500],
];

const ORDERS = [
  { symbol: 'AAPL', quantity: '40' },
  { symbol: 'SPY', quantity: '25' },
  { symbol: 'BTC', quantity: '0.1' },
] as const;

/** Symbol, target as a share of the price, note. */
const WATCHED = [
  ['NVDA', '0.9', 'Buy a little below today’s price'],
  ['JPM', '0.95', ''],
  ['KO', '1.1', 'Sell the rest here'],
  ['GLD', '0.97', 'Against inflation'],
  ['ETH', '0.8', ''],
] as const;

const DAY_MS = 86_400_000;
const QUANTITY_STEP = decimal('0.0001');
const SELF = { requestId: 'demonstration', ip: '' };

export function createDemonstration(needs: DemonstrationNeeds): Demonstration {
  const { clock, db, desk, instruments, quotes, states } = needs;

  const record: DemonstrationStep = async (tx, user) => {
    const portfolio = await findDefaultPortfolio(tx, user.id);
    if (portfolio === null) return;
    const today = dayOfInstant(clock.now(), 0);
    for (const [monthsAgo, symbol, amount] of PLAN) {
      const day = addMonths(today, -monthsAgo);
      const price = await closeOf(needs, symbol, day);
      if (price === null) continue;
      const quantity = floorToStep(divide(decimal(String(Math.abs(amount))), price), QUANTITY_STEP);
      const input = { quantity: formatDecimal(quantity), price: formatDecimal(price), fee: '1', tradedAt: formatDay(day) };
      await recordTransaction(
        needs,
        { userId: user.id, ...SELF },
        { portfolioId: portfolio.id, type: amount > 0 ? 'buy' : 'sell', symbol, input, source: 'manual' },
      );
    }
  };

  const practise: DemonstrationStep = async (_tx, user) => {
    const fees = { fixed: '1', basisPoints: 0, minimum: '0' };
    await openPortfolio(
      { db, clock },
      { userId: user.id, ...SELF },
      { name: 'Practice', kind: 'paper', baseCurrency: 'USD', settings: { fees } },
    );
  };

  const follow: DemonstrationStep = async (_tx, user) => {
    const plans = { enforced: false, requestsPerHour: null };
    const { id } = await createWatchlist({ db, clock, plans }, user.id, { name: 'Ideas', note: 'What to look at next.' });
    // Everything here is listed: there is no provider to ask.
    const needs = { db, clock, instruments: { book: instruments, find: async () => null }, board: quotes, follower: null, onRead: null };
    const items = WATCHED.map(([symbol, share, note]) => {
      const last = quotes.quoteOf(instruments.resolve(symbol)?.key ?? -1)?.last;
      return last === undefined
        ? { symbol, note }
        : { symbol, note, targetPrice: formatDecimal(roundTo(multiply(last, decimal(share)), 2)) };
    });
    await addItems(needs, user.id, { listId: id, items });
  };

  return {
    steps: [record, practise, follow],
    async trade(userId) {
      const [portfolio] = await listPaper(db, userId);
      const state = portfolio === undefined ? null : await states.current(portfolio.id);
      if (state === null || state.eventSequence > 0) return;
      const by = { userId, tokenVersion: state.tokenVersion, ...SELF };
      const place = (input: Parameters<typeof orderCommand>[2]['input']) =>
        desk.submit(orderCommand({ instruments, clock }, by, { portfolioId: state.id, input, idempotencyKey: null }));
      for (const { symbol, quantity } of ORDERS) await place({ symbol, side: 'buy', type: 'market', quantity });
      const last = quotes.quoteOf(instruments.resolve('MSFT')?.key ?? -1)?.last;
      if (last === undefined) return;
      const limitPrice = formatDecimal(roundTo(multiply(last, decimal('0.95')), 2));
      await place({ symbol: 'MSFT', side: 'buy', type: 'limit', quantity: '15', limitPrice, timeInForce: 'gtc' });
    },
  };
}

async function closeOf({ history, instruments }: DemonstrationNeeds, symbol: string, day: number): Promise<Decimal | null> {
  const instrument = instruments.resolve(symbol);
  if (instrument === null) return null;
  // Markets rest on weekends and holidays: the last close before the day.
  const bars = await history.bars(instrument, { interval: '1d', fromMs: (day - 7) * DAY_MS, toMs: (day + 1) * DAY_MS });
  return bars.at(-1)?.close ?? null;
}
