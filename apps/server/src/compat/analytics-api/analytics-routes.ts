/** Seed 003's portfolio: positions added by hand, their value, and the price of a stock. Each path is bound with and without /api/v1. */
import {
  positionAdditions,
  positionChanges,
  positionLists,
  positionRemovals,
  stockPrices,
  summaries,
} from '@holdfast/contract/analytics-api';
import { divide, subtract, sum, toNumber } from '@holdfast/engine/money';
import { within } from '../../platform/db/transact.ts';
import { Answer, exactNumber, notFound, serve } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import type { PortfolioStates } from '../../features/desk/index.ts';
import { symbolOf } from '../../features/instruments/index.ts';
import { getDefaultPortfolio } from '../../features/portfolios/index.ts';
import type { Portfolio } from '../../features/portfolios/index.ts';
import { percent, valuePositions } from '../../features/positions/index.ts';
import type { ValuationNeeds } from '../../features/positions/index.ts';
import { correctTransaction, findPurchases, recordTransaction, reverseTransaction } from '../../features/transactions/index.ts';
import type { TransactionNeeds } from '../../features/transactions/index.ts';

export interface AnalyticsNeeds extends TransactionNeeds, ValuationNeeds {
  readonly states: PortfolioStates;
}

type Asked = { readonly caller: Caller; readonly requestId: string; readonly ip: string };

export function bindAnalyticsRoutes(context: ServeContext, needs: AnalyticsNeeds): void {
  const { instruments, quotes, clock, db } = needs;
  for (const contract of summaries)
    serve(context, contract, async ({ caller }) => summaryOf(needs, await getDefaultPortfolio(within(db), caller.userId)));

  for (const contract of stockPrices) {
    serve(context, contract, ({ caller, params }) => {
      const instrument = instruments.resolve(params.symbol, caller.userId);
      const quote = instrument === null ? null : quotes.quoteOf(instrument.key);
      if (instrument === null || quote === null) throw notFound(`price of ${params.symbol.toUpperCase()}`);
      return {
        symbol: symbolOf(instrument),
        price: toNumber(quote.last),
        currency: instrument.currency,
        source: quote.source,
        timestamp: new Date(quote.at).toISOString(),
        age_seconds: Math.max(0, (clock.now() - quote.at) / 1_000),
      };
    });
  }
  bindStockPositions(context, needs);
}

function bindStockPositions(context: ServeContext, needs: AnalyticsNeeds): void {
  const { db, instruments } = needs;
  const defaultOf = (caller: Caller) => getDefaultPortfolio(within(db), caller.userId);

  for (const contract of positionLists) {
    serve(context, contract, async ({ caller, query: { skip = 0, limit = 100 } }) => {
      const { id: portfolioId, epoch } = await defaultOf(caller);
      const rows = await findPurchases(db, { portfolioId, epoch }, { skip, limit, oldestFirst: true });
      return rows.map((row) => positionOf(row, caller.userId, instruments));
    });
  }

  for (const contract of positionAdditions) {
    serve(context, contract, async (ask) => {
      const { id: portfolioId } = await defaultOf(ask.caller);
      const input = figuresOf(ask.body);
      const recording = { portfolioId, type: 'buy' as const, symbol: ask.body.stock_symbol, input, source: 'analytics-api' as const };
      return positionOf(await recordTransaction(needs, callerOf(ask), recording), ask.caller.userId, instruments);
    });
  }

  for (const contract of positionChanges) {
    serve(context, contract, async (ask) => {
      const { id: portfolioId } = await defaultOf(ask.caller);
      const { id } = ask.params;
      const correction = { portfolioId, id, type: 'buy' as const, symbol: ask.body.stock_symbol, input: figuresOf(ask.body) };
      return positionOf(await correctTransaction(needs, callerOf(ask), correction), ask.caller.userId, instruments);
    });
  }

  for (const contract of positionRemovals) {
    serve(context, contract, async (ask) => {
      const { id: portfolioId } = await defaultOf(ask.caller);
      await reverseTransaction(needs, callerOf(ask), { portfolioId, id: ask.params.id, type: 'buy' });
      return new Answer(204, undefined);
    });
  }
}

/** Throws `invalid_value`, by the names that the document has for them. */
function figuresOf({
  quantity,
  purchase_price: price,
}: {
  readonly quantity?: number | undefined;
  readonly purchase_price?: number | undefined;
}) {
  return {
    ...(quantity === undefined ? {} : { quantity: exactNumber(quantity, 'quantity') }),
    ...(price === undefined ? {} : { price: exactNumber(price, 'purchase_price') }),
  };
}

type PurchaseRow = Awaited<ReturnType<typeof findPurchases>>[number];

function positionOf(row: PurchaseRow, userId: string, instruments: AnalyticsNeeds['instruments']) {
  const instrument = row.instrument_key === null ? null : instruments.byKey(row.instrument_key);
  return {
    id: row.id,
    user_id: userId,
    stock_symbol: instrument === null ? '' : symbolOf(instrument),
    quantity: Number(row.quantity),
    purchase_price: Number(row.price),
    created_at: row.traded_at.toISOString(),
  };
}

/**
 * All in the base currency but prices, which are in the stock's own. Invested is the cost of what is held, each purchase at the exchange
 * rate of its day.
 */
async function summaryOf(needs: AnalyticsNeeds, portfolio: Portfolio) {
  const state = await needs.states.current(portfolio.id);
  const positions = state === null ? [] : valuePositions(needs, state).positions;
  const value = sum(positions.map(({ baseValue }) => baseValue));
  const invested = sum(positions.map(({ holding }) => holding.baseCost));
  const gain = subtract(value, invested);
  return {
    total_value: toNumber(value),
    total_invested: toNumber(invested),
    total_gain_loss: toNumber(gain),
    total_gain_loss_percent: percent(gain, invested),
    currency: portfolio.baseCurrency,
    positions: positions.map(({ instrument, holding, quote, baseValue }) => {
      const change = subtract(baseValue, holding.baseCost);
      return {
        stock_symbol: symbolOf(instrument),
        quantity: toNumber(holding.quantity),
        average_price: toNumber(divide(holding.costBasis, holding.quantity)),
        current_price: quote === null ? null : toNumber(quote.last),
        invested: toNumber(holding.baseCost),
        value: toNumber(baseValue),
        gain_loss: toNumber(change),
        gain_loss_percent: percent(change, holding.baseCost),
        allocation_percent: percent(baseValue, value) ?? 0,
      };
    }),
  };
}

function callerOf({ caller, requestId, ip }: Asked) {
  return { userId: caller.userId, requestId, ip };
}
