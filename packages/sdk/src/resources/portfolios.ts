import { path, type HttpClient } from '../http-client.ts';
import type { Page } from '../wire/page.ts';
import type {
  AllocationBy,
  AllocationSlice,
  AllocationTargets,
  AllocationTargetsChange,
  CashMove,
  CashReceipt,
  ExplainedFigure,
  Explanation,
  Income,
  IncomeQuery,
  LotList,
  NewPortfolio,
  NewTransaction,
  Performance,
  PerformanceQuery,
  Portfolio,
  PortfolioChange,
  PortfolioSummary,
  Position,
  QualityIssue,
  RealizedGains,
  RealizedGainsQuery,
  Rebalancing,
  RebalancingQuery,
  Risk,
  RiskQuery,
  Snapshots,
  Transaction,
  TransactionCorrection,
  TransactionQuery,
} from '../wire/portfolio.ts';

/** Portfolios, what they hold, what happened in them. `key` is an Idempotency-Key. */
export function portfolioCalls(http: HttpClient) {
  const get = <Answer>(template: string, id: string, signal?: AbortSignal) =>
    http<Answer>({ method: 'GET', path: path(template, id), signal });
  return Object.freeze({
    list: (query: { readonly archived?: boolean }, signal?: AbortSignal) =>
      http<Page<Portfolio>>({ method: 'GET', path: '/portfolios', query: { limit: 500, ...query }, signal }),
    create: (body: NewPortfolio, key: string) => http<Portfolio>({ method: 'POST', path: '/portfolios', body, idempotencyKey: key }),
    get: (id: string, signal?: AbortSignal) => get<Portfolio>('/portfolios/{}', id, signal),
    change: (id: string, body: PortfolioChange) => http<Portfolio>({ method: 'PATCH', path: path('/portfolios/{}', id), body }),
    reset: (id: string, body: { readonly startingCash?: string }, key: string) =>
      http<Portfolio>({ method: 'POST', path: path('/portfolios/{}/reset', id), body, idempotencyKey: key }),
    summary: (id: string, signal?: AbortSignal) => get<PortfolioSummary>('/portfolios/{}/summary', id, signal),
    positions: (id: string, signal?: AbortSignal) => get<Page<Position>>('/portfolios/{}/positions', id, signal),
    allocation: (id: string, by: string, signal?: AbortSignal) =>
      http<Page<AllocationSlice>>({ method: 'GET', path: path('/portfolios/{}/allocation', id), query: { by }, signal }),
    allocationTargets: (id: string, by: AllocationBy, signal?: AbortSignal) =>
      http<AllocationTargets>({ method: 'GET', path: path('/portfolios/{}/allocation-targets', id), query: { by }, signal }),
    /** In place of all targets of the same `by`; an empty list removes them. */
    setAllocationTargets: (id: string, body: AllocationTargetsChange) =>
      http<AllocationTargets>({ method: 'PUT', path: path('/portfolios/{}/allocation-targets', id), body }),
    rebalancing: (id: string, query: RebalancingQuery, signal?: AbortSignal) =>
      http<Rebalancing>({ method: 'GET', path: path('/portfolios/{}/rebalancing', id), query, signal }),
    performance: (id: string, query: PerformanceQuery, signal?: AbortSignal) =>
      http<Performance>({ method: 'GET', path: path('/portfolios/{}/performance', id), query, signal }),
    risk: (id: string, query: RiskQuery, signal?: AbortSignal) =>
      http<Risk>({ method: 'GET', path: path('/portfolios/{}/risk', id), query, signal }),
    income: (id: string, query: IncomeQuery, signal?: AbortSignal) =>
      http<Income>({ method: 'GET', path: path('/portfolios/{}/income', id), query, signal }),
    realizedGains: (id: string, query: RealizedGainsQuery, signal?: AbortSignal) =>
      http<RealizedGains>({ method: 'GET', path: path('/portfolios/{}/realized-gains', id), query, signal }),
    /** The value at the close of each day up to yesterday, and what came and went on it. */
    snapshots: (id: string, query: { readonly from?: string; readonly to?: string }, signal?: AbortSignal) =>
      http<Snapshots>({ method: 'GET', path: path('/portfolios/{}/snapshots', id), query, signal }),
    lots: (id: string, symbol: string, signal?: AbortSignal) =>
      http<LotList>({ method: 'GET', path: path('/portfolios/{}/positions/{}/lots', id, symbol), signal }),
    /** `most` is how many inputs of any one figure are shown. */
    explain: (id: string, query: { readonly figure: ExplainedFigure; readonly most?: number }, signal?: AbortSignal) =>
      http<Explanation>({ method: 'GET', path: path('/portfolios/{}/explain', id), query, signal }),
    /** Over all portfolios of the user. */
    allTransactions: (query: TransactionQuery, signal?: AbortSignal) =>
      http<Page<Transaction>>({ method: 'GET', path: '/transactions', query, signal }),
    getTransaction: (id: string, transactionId: string, signal?: AbortSignal) =>
      http<Transaction>({ method: 'GET', path: path('/portfolios/{}/transactions/{}', id, transactionId), signal }),
    transactions: (id: string, query: TransactionQuery, signal?: AbortSignal) =>
      http<Page<Transaction>>({ method: 'GET', path: path('/portfolios/{}/transactions', id), query, signal }),
    addTransaction: (id: string, body: NewTransaction, key: string) =>
      http<Transaction>({ method: 'POST', path: path('/portfolios/{}/transactions', id), body, idempotencyKey: key }),
    correctTransaction: (id: string, transactionId: string, body: TransactionCorrection) =>
      http<Transaction>({ method: 'PATCH', path: path('/portfolios/{}/transactions/{}', id, transactionId), body }),
    removeTransaction: (id: string, transactionId: string) =>
      http<undefined>({ method: 'DELETE', path: path('/portfolios/{}/transactions/{}', id, transactionId) }),
    moveCash: (id: string, body: CashMove, key: string) =>
      http<CashReceipt>({ method: 'POST', path: path('/portfolios/{}/cash', id), body, idempotencyKey: key }),
    qualityIssues: (id: string, signal?: AbortSignal) => get<Page<QualityIssue>>('/portfolios/{}/quality-issues', id, signal),
  });
}
