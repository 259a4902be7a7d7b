/** Purchases, positions and quality checks as seed 002 has them, over the default portfolio. */
import {
  getPortfolioPosition,
  getQualityChecks,
  listPurchases,
  postPortfolioPosition,
  recordPurchases,
} from '@holdfast/contract/tickers-api';
import { add, divide, multiply, ONE, subtract, sum, toNumber, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Caches } from '../../platform/cache/index.ts';
import { within } from '../../platform/db/transact.ts';
import { AppError, exactNumber, Serialised, serve } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import type { PortfolioState, PortfolioStates } from '../../features/desk/index.ts';
import { symbolOf } from '../../features/instruments/index.ts';
import type { Instrument, InstrumentBook } from '../../features/instruments/index.ts';
import { getDefaultPortfolio, listTracked } from '../../features/portfolios/index.ts';
import { valuePositions } from '../../features/positions/index.ts';
import type { ValuationNeeds, ValuedPosition } from '../../features/positions/index.ts';
import { checkPortfolio } from '../../features/quality/index.ts';
import type { QualityNeeds } from '../../features/quality/index.ts';
import { countPurchases, findPurchases, recordTransactions } from '../../features/transactions/index.ts';
import type { TransactionNeeds } from '../../features/transactions/index.ts';
import { naiveUtc } from './naive-utc.ts';

export interface TickersTradingNeeds extends TransactionNeeds, QualityNeeds, ValuationNeeds {
  readonly states: PortfolioStates;
  readonly caches: Caches;
  /** STRICT_ORDERS: false keeps impossible prices and quantities for the quality checks to find. */
  readonly strictOrders: boolean;
}

/** Kept pages are of a version of the portfolio and never wrong; after this long nobody asks for them any more. */
const PAGE_KEPT_MS = 5 * 60_000;

export function bindTickersTradingRoutes(context: ServeContext, needs: TickersTradingNeeds): void {
  const { instruments, clock, db } = needs;
  const pages = needs.caches.open<string>('purchases');
  const defaultOf = (caller: Caller) => getDefaultPortfolio(within(db), caller.userId);

  serve(context, recordPurchases, async (ask) => {
    const portfolio = await defaultOf(ask.caller);
    const caller = { userId: ask.caller.userId, requestId: ask.requestId, ip: ask.ip };
    const recordings = ask.body.map((purchase, index) => ({
      type: 'buy' as const,
      symbol: undefined,
      instrument: tickerOf(instruments, purchase.tick_id, ask.caller.userId),
      input: figuresOf(purchase, { index, strict: needs.strictOrders }),
      lenient: !needs.strictOrders,
    }));
    const rows = await recordTransactions(needs, caller, { portfolioId: portfolio.id, source: 'tickers-api', recordings });
    return rows.map((row) => purchaseOf(row, ask.caller.userId, instruments));
  });

  serve(context, listPurchases, async ({ caller, query: { skip = 0, limit = 100 } }) => {
    const portfolio = await defaultOf(caller);
    const state = await needs.states.current(portfolio.id);
    const load = async (): Promise<string> => {
      const of = { portfolioId: portfolio.id, epoch: portfolio.epoch };
      const [rows, total] = await Promise.all([findPurchases(db, of, { skip, limit }), countPurchases(db, of)]);
      return JSON.stringify({ orders: rows.map((row) => purchaseOf(row, caller.userId, instruments)), total, skip, limit });
    };
    // A new purchase makes a new version, whose pages are not yet there.
    const key = `${portfolio.id} ${state?.version ?? 0} ${skip} ${limit}`;
    return new Serialised(await pages.getOrLoad(key, load, { ttlMs: PAGE_KEPT_MS }));
  });

  const positions = async ({ caller, query }: { readonly caller: Caller; readonly query: { readonly portfolio?: 'default' | 'all' } }) => {
    const own = await defaultOf(caller);
    const all = query.portfolio === 'all' ? await listTracked(db, caller.userId) : [own];
    const states = await Promise.all(all.map(({ id }) => needs.states.current(id)));
    return positionAnswer(needs, own, states);
  };
  serve(context, postPortfolioPosition, positions);
  serve(context, getPortfolioPosition, positions);

  serve(context, getQualityChecks, async ({ caller }) => {
    const issues = await checkPortfolio(needs, await defaultOf(caller), { nameOf: ({ id }) => `order_id=${id}` });
    const now = clock.now();
    return {
      user_id: caller.userId,
      issues: issues.map(({ id, description, advice, severity, at }) => ({
        issue_id: id,
        description: `${description} ${advice}`,
        severity,
        timestamp: naiveUtc(at ?? now),
      })),
      total_issues: issues.length,
      timestamp: naiveUtc(now),
    };
  });
}

/** Throws `unknown_symbol` and `instrument_inactive`. */
function tickerOf(instruments: InstrumentBook, tickId: string, userId: string): Instrument {
  const instrument = instruments.byId(tickId.toLowerCase());
  if (instrument === null || (instrument.ownerId !== null && instrument.ownerId !== userId))
    throw new AppError('unknown_symbol', `No ticker has the id ${tickId}.`);
  if (instrument.status === 'inactive') throw new AppError('instrument_inactive', `${instrument.symbol} is not traded any more.`);
  return instrument;
}

/** Throws `invalid_value`, by the names that the document has for them. */
function figuresOf(
  purchase: { readonly purchase_price: number; readonly purchase_qty: number },
  { index, strict }: { readonly index: number; readonly strict: boolean },
) {
  const figure = (name: 'purchase_price' | 'purchase_qty'): string => {
    const path = `${index}.${name}`;
    if (strict && purchase[name] <= 0)
      throw new AppError('invalid_value', `${path} must be more than 0.`, { errors: [{ path, message: 'must be more than 0' }] });
    return exactNumber(purchase[name], path);
  };
  return { price: figure('purchase_price'), quantity: figure('purchase_qty') };
}

type PurchaseRow = Awaited<ReturnType<typeof findPurchases>>[number];

function purchaseOf(row: PurchaseRow, userId: string, instruments: TickersTradingNeeds['instruments']) {
  const instrument = row.instrument_key === null ? null : instruments.byKey(row.instrument_key);
  return {
    id: row.id,
    user_id: userId,
    tick_id: instrument?.id ?? row.id,
    purchase_price: Number(row.price),
    purchase_qty: Number(row.quantity),
    timestamp: naiveUtc(row.traded_at.getTime()),
  };
}

interface Held {
  readonly instrument: Instrument;
  readonly parts: readonly ValuedPosition[];
}

/**
 * Profit and loss per symbol: what is held now at the price of now, less what it cost, in the symbol's currency. The total is in the
 * currency that all have in common, else in that of the default portfolio: amounts of two currencies are never added up.
 */
function positionAnswer(
  needs: TickersTradingNeeds,
  own: { readonly userId: string; readonly baseCurrency: string },
  states: readonly (PortfolioState | null)[],
) {
  const held = new Map<number, Held>();
  for (const part of states.flatMap((state) => (state === null ? [] : valuePositions(needs, state).positions))) {
    const { instrument } = part;
    held.set(instrument.key, { instrument, parts: [...(held.get(instrument.key)?.parts ?? []), part] });
  }
  const now = needs.clock.now();
  const currencies = new Set([...held.values()].map(({ instrument }) => instrument.currency));
  const rateOf = (currency: string): Decimal =>
    currencies.size === 1 || currency === own.baseCurrency ? ONE : (needs.rates.rate(currency, own.baseCurrency, now) ?? ZERO);
  let total = ZERO;
  const positions = [...held.values()].map(({ instrument, parts }) => {
    const quantity = sum(parts.map(({ holding }) => holding.quantity));
    const cost = sum(parts.map(({ holding }) => holding.costBasis));
    const gain = subtract(sum(parts.map(({ holding, marketValue }) => marketValue ?? holding.costBasis)), cost);
    const quote = parts[0]?.quote ?? null;
    const average = divide(cost, quantity);
    total = add(total, multiply(gain, rateOf(instrument.currency)));
    return {
      symbol: symbolOf(instrument),
      quantity: toNumber(quantity),
      average_price: toNumber(average),
      current_price: toNumber(quote?.last ?? average),
      pnl: toNumber(gain),
      timestamp: naiveUtc(quote?.at ?? now),
    };
  });
  positions.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  return { user_id: own.userId, positions, total_pnl: toNumber(total) };
}
