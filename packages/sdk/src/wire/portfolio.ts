import type { AnswerOf, BodyOf, QueryOf } from '@holdfast/contract';
import type { getAllocationTargets, getRebalancing, putAllocationTargets } from '@holdfast/contract/allocation';
import type { changePortfolio, createPortfolio, getPortfolio, getPortfolioSummary, moveCash } from '@holdfast/contract/portfolios';
import type {
  explainFigure,
  getIncome,
  getPerformance,
  getRealizedGains,
  getRisk,
  listLots,
  listSnapshots,
} from '@holdfast/contract/performance';
import type { getAllocation, listPositions } from '@holdfast/contract/positions';
import type { listQualityIssues } from '@holdfast/contract/quality';
import type { correctTransaction, listTransactions, recordTransaction } from '@holdfast/contract/transactions';

export type Portfolio = AnswerOf<typeof getPortfolio>;
export type PortfolioKind = Portfolio['kind'];
export type CashMode = Portfolio['cashMode'];
export type CostMethod = Portfolio['costMethod'];
export type CashBalance = Portfolio['cash'][number];
export type NewPortfolio = BodyOf<typeof createPortfolio>;
export type PortfolioChange = BodyOf<typeof changePortfolio>;
export type PortfolioSummary = AnswerOf<typeof getPortfolioSummary>;
export type CashMove = BodyOf<typeof moveCash>;
export type CashReceipt = AnswerOf<typeof moveCash>;
export type Position = AnswerOf<typeof listPositions>['items'][number];
export type AllocationSlice = AnswerOf<typeof getAllocation>['items'][number];
/** Targets and weights are fractions of the whole. */
export type AllocationTargets = AnswerOf<typeof getAllocationTargets>;
export type AllocationTargetsChange = BodyOf<typeof putAllocationTargets>;
export type AllocationBy = AllocationTargets['by'];
/** Orders that would reach the targets; none of them is placed. */
export type Rebalancing = AnswerOf<typeof getRebalancing>;
export type RebalancingQuery = QueryOf<typeof getRebalancing>;
export type Transaction = AnswerOf<typeof listTransactions>['items'][number];
export type TransactionType = Transaction['type'];
export type TransactionQuery = QueryOf<typeof listTransactions>;
export type TransactionCorrection = BodyOf<typeof correctTransaction>;
export type NewTransaction = BodyOf<typeof recordTransaction>;

/** Returns are fractions: 0.05 is 5 %. */
export type Performance = AnswerOf<typeof getPerformance>;
export type PerformanceQuery = QueryOf<typeof getPerformance>;
export type QualityIssue = AnswerOf<typeof listQualityIssues>['items'][number];
export type Risk = AnswerOf<typeof getRisk>;
export type RiskQuery = QueryOf<typeof getRisk>;
export type RealizedGains = AnswerOf<typeof getRealizedGains>;
export type RealizedGainsQuery = QueryOf<typeof getRealizedGains>;
export type Income = AnswerOf<typeof getIncome>;
export type IncomeQuery = QueryOf<typeof getIncome>;
export type Snapshots = AnswerOf<typeof listSnapshots>;
export type LotList = AnswerOf<typeof listLots>;
export type ExplainedFigure = AnswerOf<typeof explainFigure>['figure'];

/** Where a given figure of a trail comes from. */
export interface TrailSource {
  readonly kind: 'transaction' | 'price' | 'rate' | 'position' | 'lot';
  readonly transactionId?: string;
  readonly lotId?: string;
  readonly symbol?: string;
  readonly currency?: string;
}

/** A figure and how its inputs make it. Read upwards, the inputs give the value again. */
export interface Trail {
  readonly figure: string;
  readonly operation: 'given' | 'sum' | 'difference' | 'product' | 'quotient';
  readonly value: string;
  /** Of which instrument, lot or currency the figure is. */
  readonly subject?: string;
  readonly source?: TrailSource;
  readonly inputs?: readonly Trail[];
  /** How many further inputs were left out. */
  readonly left?: number;
}

export interface Explanation {
  readonly portfolioId: string;
  readonly figure: ExplainedFigure;
  /** Null where the figure itself is: a return on nothing. */
  readonly trail: Trail | null;
}
