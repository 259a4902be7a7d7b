/** What a worker needs to make a report, read and computed by the same code as the API's answers. */
import { formatDecimal, multiply, roundMoney } from '@holdfast/engine/money';
import { formatDay } from '@holdfast/engine/time';
import { AppError, notFound } from '../../platform/http/index.ts';
import { within } from '../../platform/db/transact.ts';
import type { Replica } from '../../platform/db/replica.ts';
import { nextMidnight, startOfDayIn } from '../../platform/time-zone.ts';
import { findUser } from '../accounts/index.ts';
import type { PortfolioState, PortfolioStates } from '../desk/index.ts';
import { gatherForReading, gatherPeriod } from '../performance/index.ts';
import type { GatherNeeds, PerformanceThreads } from '../performance/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import { createSummaries, describePosition, valuePositions } from '../positions/index.ts';
import type { SummaryNeeds } from '../positions/index.ts';
import { compileTransactions } from '../transactions/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { DatabaseAddress, ReportContent, ReportHeading, RowQuery } from './document/report-input.ts';
import type { ReportAsked } from './report-asked.ts';
import { countFacts, listInstrumentKeys } from './report-store.ts';

export interface GatherReportNeeds extends GatherNeeds {
  readonly replica?: Pick<Replica, 'upTo' | 'url'>;
  readonly states: PortfolioStates;
  readonly totals: SummaryNeeds['totals'];
  readonly performance: Pick<PerformanceThreads, 'run'>;
  /** For the worker's own connection. */
  readonly database: DatabaseAddress;
}

export interface GatheredReport {
  readonly heading: ReportHeading;
  readonly content: ReportContent;
}

/** A report may take longer than a request; the job's own limit ends it. */
const IN_TIME = { timeoutMs: 600_000 };

/** Throws `not_found` for a portfolio that is not the user's. */
export async function gatherReport(needs: GatherReportNeeds, userId: string, asked: ReportAsked): Promise<GatheredReport> {
  const state = await ownState(needs, userId, asked.portfolioId);
  const heading = await headingOf(needs, state, asked);
  return { heading, content: await contentOf(needs, state, asked) };
}

export async function ownState({ states }: Pick<GatherReportNeeds, 'states'>, userId: string, id: string): Promise<PortfolioState> {
  const state = await states.current(id);
  if (state === null || state.userId !== userId) throw notFound('portfolio');
  return state;
}

/** About how many rows it will have, for those whose rows are facts; 0 for the others, which are short. */
export async function estimateRows(
  needs: Pick<GatherReportNeeds, 'db'>,
  state: PortfolioState,
  { kind, period }: ReportAsked,
): Promise<number> {
  if (kind !== 'transactions' && kind !== 'realized-gains') return 0;
  const type = kind === 'realized-gains' ? 'sell' : null;
  return countFacts(needs.db, { portfolioId: state.id, epoch: state.epoch, type, ...spanOf(period, state) });
}

async function headingOf(needs: GatherReportNeeds, state: PortfolioState, asked: ReportAsked): Promise<ReportHeading> {
  const user = await findUser(within(needs.db), state.userId);
  if (user === null) throw notFound('portfolio');
  const portfolio = await ownPortfolio(needs, { userId: state.userId }, state.id);
  const fullName = `${user.firstName} ${user.lastName}`.trim();
  return {
    kind: asked.kind,
    format: asked.format,
    locale: user.locale,
    timeZone: user.timezone,
    owner: fullName === '' ? (user.username ?? user.email) : fullName,
    portfolioId: state.id,
    portfolioName: portfolio.name,
    isPaper: state.kind === 'paper',
    baseCurrency: state.account.baseCurrency,
    costMethod: state.account.costMethod,
    portfolioZone: state.timeZone,
    period: asked.period,
    asOf: needs.clock.now(),
  };
}

async function contentOf(needs: GatherReportNeeds, state: PortfolioState, { kind, period }: ReportAsked): Promise<ReportContent> {
  switch (kind) {
    case 'holdings':
      return holdings(needs, state);
    case 'transactions':
      return transactions(needs, state, period);
    case 'performance':
      return performance(needs, state, period);
    case 'realized-gains': {
      const { input } = await gatherForReading(needs, state);
      return { kind, gains: await needs.performance.run('gains', { ...input, year: period.year, instrument: null }, IN_TIME) };
    }
    case 'income': {
      const { input } = await gatherForReading(needs, state);
      return { kind, income: await needs.performance.run('income', { ...input, year: period.year }, IN_TIME) };
    }
  }
}

async function holdings(needs: GatherReportNeeds, state: PortfolioState): Promise<ReportContent> {
  const summary = await createSummaries(needs)(state);
  // Nothing is awaited between the two, so both see the same prices.
  const { positions, totalValue } = valuePositions(needs, state);
  const { baseCurrency, cash, foreignCash } = state.account;
  const inBase = (currency: string, amount: typeof cash) => {
    const rate = needs.rates.rate(currency, baseCurrency, needs.clock.now());
    return rate === null ? '0' : formatDecimal(roundMoney(multiply(amount, rate), baseCurrency));
  };
  const own = formatDecimal(cash);
  const foreign = [...foreignCash].map(([currency, balance]) => ({
    currency,
    balance: formatDecimal(balance),
    baseValue: inBase(currency, balance),
  }));
  const described = positions.map((position) => ({
    ...describePosition(position, { totalValue, base: baseCurrency }),
    baseValue: formatDecimal(position.baseValue),
  }));
  return {
    kind: 'holdings',
    summary,
    positions: JSON.stringify(described),
    cash: [{ currency: baseCurrency, balance: own, baseValue: own }, ...foreign],
  };
}

async function performance(needs: GatherReportNeeds, state: PortfolioState, { from, to }: ReportAsked['period']): Promise<ReportContent> {
  const input = await gatherPeriod({ ...needs, threads: needs.performance }, state, { from, to, benchmark: null });
  if (input === null)
    return { kind: 'performance', performance: '{"series":[],"months":[],"drawdowns":[],"methods":{}}', risk: '{"methods":{}}' };
  const { performance: threads } = needs;
  return {
    kind: 'performance',
    performance: await threads.run('performance', { ...input, method: 'timeWeighted', interval: 'day' }, IN_TIME),
    risk: await threads.run('risk', { ...input, riskFreeRate: 0, confidence: 0.95 }, IN_TIME),
  };
}

/** The rows themselves are read by the worker. */
async function transactions(needs: GatherReportNeeds, state: PortfolioState, period: ReportAsked['period']): Promise<ReportContent> {
  const { db, instruments, replica } = needs;
  const fresh = await replica?.upTo(state.id, state.version);
  const database = replica === undefined || fresh === null ? needs.database : { url: replica.url };
  const query: RowQuery = compileTransactions(db, {
    userId: state.userId,
    portfolioId: state.id,
    search: null,
    type: null,
    instrumentKeys: null,
    ...spanOf(period, state),
    minAmount: null,
  });
  const names: Record<string, { symbol: string; name: string }> = {};
  for (const key of await listInstrumentKeys(db, { portfolioId: state.id, epoch: state.epoch })) {
    const instrument = instruments.byKey(key);
    if (instrument !== null) names[key] = { symbol: symbolOf(instrument), name: instrument.name };
  }
  return { kind: 'transactions', query, database, names };
}

/** The instants between which a period lies: from its first, up to but without the first after it. */
function spanOf({ from, to }: ReportAsked['period'], state: PortfolioState): { readonly from: Date | null; readonly before: Date | null } {
  return {
    from: from === null ? null : new Date(startOf(from, state)),
    before: to === null ? null : new Date(nextMidnight(state.timeZone, startOf(to, state))),
  };
}

function startOf(day: number, { timeZone }: PortfolioState): number {
  try {
    return startOfDayIn(timeZone, formatDay(day));
  } catch (error) {
    throw error instanceof RangeError ? new AppError('invalid_value', 'The period reaches beyond the calendar.') : error;
  }
}
