import {
  explainFigure,
  getIncome,
  getIncomeForecast,
  getPerformance,
  getRealizedGains,
  getRisk,
  getWhatIf,
  listLots,
  listSnapshots,
} from '@holdfast/contract/performance';
import { FIRST_DAY, formatDay, LAST_DAY, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { AppError, notFound, Serialised, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { PortfolioState, PortfolioStates } from '../desk/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { findSnapshots } from '../snapshots/index.ts';
import { gatherDeclared, ratesOfPayments } from './gather-declared.ts';
import { marketOn } from './figures-as-of.ts';
import type { AsOfNeeds } from './figures-as-of.ts';
import { gatherForReading, latestMarket, todayIn } from './gather-history.ts';
import { gatherPeriodFirst } from './gather-period.ts';
import type { PeriodAsked } from './gather-period.ts';
import { rollUp } from './roll-up.ts';
import type { RollUpNeeds } from './roll-up.ts';
import { RETURN_SENTENCES, RISK_SENTENCES } from './methods.ts';

export interface PerformanceNeeds extends RollUpNeeds, AsOfNeeds {
  readonly states: PortfolioStates;
}

/** Longer than the request may take: the deadline of the request answers first. */
const IN_TIME = { timeoutMs: 60_000 };

export function bindPerformanceRoutes(context: ServeContext, needs: PerformanceNeeds): void {
  const { threads } = needs;
  bindWhatIf(context, needs);
  bindForecast(context, needs);

  serve(context, getPerformance, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const method = query.method ?? 'timeWeighted';
    const gathered = await gatherPeriodFirst(needs, state, periodAsked(needs, caller.userId, query));
    if (gathered === null) return { ...emptyPerformance(state), method };
    const input = { ...gathered.input, method, interval: query.interval ?? 'day' };
    const [text] = await Promise.all([threads.run('performance', input, IN_TIME), gathered.keep()]);
    return new Serialised(text);
  });

  serve(context, getRisk, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const { riskFreeRate = 0, confidence = 0.95 } = query;
    const gathered = await gatherPeriodFirst(needs, state, periodAsked(needs, caller.userId, query));
    if (gathered === null) return { ...emptyRisk(state), riskFreeRate, confidence };
    const [text] = await Promise.all([threads.run('risk', { ...gathered.input, riskFreeRate, confidence }, IN_TIME), gathered.keep()]);
    return new Serialised(text);
  });

  serve(context, getRealizedGains, async ({ caller, params, query }) => {
    const { input } = await gatherForReading(needs, await ownState(needs, caller.userId, params.id));
    const instrument = query.symbol === undefined ? null : String(known(needs, query.symbol, caller.userId).key);
    const costMethod = query.costMethod ?? input.costMethod;
    return new Serialised(await threads.run('gains', { ...input, costMethod, year: query.year ?? null, instrument }, IN_TIME));
  });

  serve(context, getIncome, async ({ caller, params, query }) => {
    const { input } = await gatherForReading(needs, await ownState(needs, caller.userId, params.id));
    return new Serialised(await threads.run('income', { ...input, year: query.year ?? null }, IN_TIME));
  });

  serve(context, listLots, async ({ caller, params }) => {
    const { input } = await gatherForReading(needs, await ownState(needs, caller.userId, params.id));
    const instrument = known(needs, params.symbol, caller.userId);
    if (input.names[instrument.key] === undefined) throw notFound('position');
    return new Serialised(
      await threads.run('lots', { ...input, instrument: String(instrument.key), currency: instrument.currency }, IN_TIME),
    );
  });

  serve(context, listSnapshots, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const { from, to } = periodAsked(needs, caller.userId, query);
    await rollUp(needs, state);
    const asked = { portfolioId: state.id, epoch: state.epoch, from: from ?? FIRST_DAY, to: to ?? LAST_DAY };
    const { from: first, values, inflows, outflows } = await findSnapshots(needs.db, asked);
    return {
      portfolioId: state.id,
      currency: state.account.baseCurrency,
      items: Array.from(values, (value, index) => ({
        day: formatDay(first + index),
        value,
        inflow: inflows[index] ?? 0,
        outflow: outflows[index] ?? 0,
      })),
    };
  });

  serve(context, explainFigure, async ({ caller, params, query }) => {
    const gathered = await gatherForReading(needs, await ownState(needs, caller.userId, params.id));
    const market = latestMarket(needs, gathered);
    return new Serialised(
      await threads.run('explain', { ...gathered.input, ...market, figure: query.figure, most: query.most ?? 200 }, IN_TIME),
    );
  });
}

/** How far ahead income is told. */
const FORECAST_DAYS = 365;

function bindForecast(context: ServeContext, needs: PerformanceNeeds): void {
  serve(context, getIncomeForecast, async ({ caller, params }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const gathered = await gatherForReading(needs, state);
    const today = todayIn(needs, state);
    const declared = await gatherDeclared(needs, gathered, { today, until: today + FORECAST_DAYS });
    const { latestRates } = latestMarket(needs, gathered);
    const rates = { ...latestRates, ...ratesOfPayments(needs, gathered, declared) };
    const input = { ...gathered.input, today, until: today + FORECAST_DAYS, declared, latestRates: rates };
    return new Serialised(await needs.threads.run('forecast', input, IN_TIME));
  });
}

function bindWhatIf(context: ServeContext, needs: PerformanceNeeds): void {
  serve(context, getWhatIf, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const on = dayAsked('on', query.on) ?? todayIn(needs, state);
    if (on >= todayIn(needs, state)) {
      const message = 'must be a day before today';
      throw new AppError('invalid_value', `on ${message}.`, { errors: [{ path: 'on', message }] });
    }
    const gathered = await gatherForReading(needs, state);
    const { latestPrices, latestRates } = latestMarket(needs, gathered);
    const then = await marketOn(needs, gathered, on);
    const input = { ...gathered.input, on, then, now: { prices: latestPrices, rates: latestRates } };
    return new Serialised(await needs.threads.run('whatIf', input, IN_TIME));
  });
}

async function ownState({ states }: PerformanceNeeds, userId: string, id: string): Promise<PortfolioState> {
  const state = await states.current(id);
  if (state === null || state.userId !== userId) throw notFound('portfolio');
  return state;
}

function periodAsked(
  needs: PerformanceNeeds,
  userId: string,
  query: { readonly from?: string; readonly to?: string; readonly benchmark?: string },
): PeriodAsked {
  const from = dayAsked('from', query.from);
  const to = dayAsked('to', query.to);
  if (from !== null && to !== null && from > to) {
    throw new AppError('invalid_value', 'The period ends before it begins: from is after to.', {
      errors: [{ path: 'from', message: 'is after to' }],
    });
  }
  return { from, to, benchmark: query.benchmark === undefined ? null : known(needs, query.benchmark, userId) };
}

function dayAsked(path: string, text: string | undefined): Day | null {
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw new AppError('invalid_value', `${path} is no day of the calendar.`, { errors: [{ path, message: 'is no day' }] });
  return day;
}

function known({ instruments }: PerformanceNeeds, symbol: string, userId: string): Instrument {
  const instrument = instruments.resolve(symbol, userId);
  if (instrument === null) throw new AppError('unknown_symbol', `No instrument has the symbol ${symbol.toUpperCase()}.`);
  return instrument;
}

/** Of a portfolio in which nothing has happened: every figure is unknown, none is 0. */
function emptyPerformance({ id, account }: PortfolioState) {
  return {
    portfolioId: id,
    currency: account.baseCurrency,
    from: null,
    to: null,
    return: null,
    timeWeighted: null,
    annualized: null,
    moneyWeighted: null,
    moneyWeightedReason: 'no_flows',
    simple: null,
    roai: null,
    series: [],
    months: [],
    drawdowns: [],
    benchmark: null,
    unpriced: [],
    methods: RETURN_SENTENCES,
  };
}

function emptyRisk({ id }: PortfolioState) {
  return {
    portfolioId: id,
    from: null,
    to: null,
    observations: 0,
    volatility: null,
    downsideDeviation: null,
    sharpe: null,
    sortino: null,
    calmar: null,
    omega: null,
    maxDrawdown: null,
    valueAtRisk: null,
    parametricValueAtRisk: null,
    conditionalValueAtRisk: null,
    benchmark: null,
    methods: RISK_SENTENCES,
  };
}
