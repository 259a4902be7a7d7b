/** What goes to another thread: plain values and shared arrays only. */
import type { CashMode } from '@holdfast/engine/ledger';
import type { CostMethod } from '@holdfast/engine/lots';
import type { PriceSeries } from '@holdfast/engine/performance';
import type { Day } from '@holdfast/engine/time';
import type { Snapshots } from '../snapshots/index.ts';
import type { HistoryText } from './read-history.ts';

export interface InstrumentName {
  readonly symbol: string;
  readonly name: string;
}

/** A portfolio's history and how it counts. */
export interface HistoryInput extends HistoryText {
  readonly portfolioId: string;
  readonly cashMode: CashMode;
  readonly costMethod: CostMethod;
  readonly shorting: boolean;
  /** By instrument key. */
  readonly names: Readonly<Record<string, InstrumentName>>;
}

/** Closes up to the day before `today`, and the newest price for today itself. */
export interface PricedSeries {
  readonly series: PriceSeries;
  readonly latest: number | null;
}

export interface BenchmarkInput extends InstrumentName, PricedSeries {
  /** To the base currency; null where it is in the base currency. */
  readonly rates: PricedSeries | null;
}

/** Days to be made into snapshots; the newest prices stand for no day of them. */
export interface RollUpInput extends HistoryInput {
  readonly from: Day;
  readonly to: Day;
  readonly prices: ReadonlyMap<string, PricedSeries>;
  readonly rates: ReadonlyMap<string, PricedSeries>;
}

/** What happened today so far, and what the portfolio is worth now. */
export interface TodayInput extends HistoryInput {
  readonly day: Day;
  readonly value: number;
  readonly prices: ReadonlyMap<string, PricedSeries>;
  readonly rates: ReadonlyMap<string, PricedSeries>;
}

export interface PeriodInput {
  readonly portfolioId: string;
  readonly baseCurrency: string;
  readonly from: Day;
  readonly to: Day;
  /** Of the days before today, from the day before the period on where there is one. */
  readonly snapshots: Snapshots;
  /** Null when the period ends earlier. */
  readonly today: TodayInput | null;
  /** The day of the newest prices. */
  readonly latestOn: Day;
  readonly unpriced: readonly string[];
  readonly benchmark: BenchmarkInput | null;
}

export type ReturnMethod = 'timeWeighted' | 'moneyWeighted' | 'simple' | 'roai';

export interface PerformanceInput extends PeriodInput {
  readonly method: ReturnMethod;
  readonly interval: 'day' | 'week' | 'month';
}

export interface RiskInput extends PeriodInput {
  readonly riskFreeRate: number;
  readonly confidence: number;
}

export interface GainsInput extends HistoryInput {
  readonly year: number | null;
  readonly instrument: string | null;
}

export interface IncomeInput extends HistoryInput {
  readonly year: number | null;
}

export interface LotsInput extends HistoryInput {
  readonly instrument: string;
  readonly currency: string;
}

export interface ExplainInput extends HistoryInput {
  readonly figure: string;
  /** Inputs shown of any one figure. */
  readonly most: number;
  /** Newest prices by instrument key and rates to the base currency by currency, as text. */
  readonly latestPrices: Readonly<Record<string, string>>;
  readonly latestRates: Readonly<Record<string, string>>;
}

/** The price that counts at a past moment, with the one of the day before. */
export interface PastPrice {
  readonly price: string;
  readonly previous: string | null;
  readonly from: 'quote' | 'close';
  /** RFC 3339: when a quote was made, or the end of a close's day. */
  readonly at: string;
}

/** A history up to a past moment, and the market of its day. */
export interface PastInput extends HistoryInput {
  readonly prices: Readonly<Record<string, PastPrice>>;
  readonly latestRates: Readonly<Record<string, string>>;
}

/** Exact prices by instrument key and rates to the base currency by currency. */
export interface MarketTexts {
  readonly prices: Readonly<Record<string, string>>;
  readonly rates: Readonly<Record<string, string>>;
}

export interface WhatIfInput extends HistoryInput {
  readonly on: Day;
  readonly then: MarketTexts;
  readonly now: MarketTexts;
}

/** A payment that was announced, per unit held before `exOn`. */
export interface DeclaredPayment {
  readonly exOn: Day;
  readonly payOn: Day | null;
  readonly amountPerShare: string;
  readonly currency: string;
}

export interface ForecastInput extends HistoryInput {
  readonly today: Day;
  readonly until: Day;
  /** By instrument key. */
  readonly declared: Readonly<Record<string, readonly DeclaredPayment[]>>;
  readonly latestRates: Readonly<Record<string, string>>;
}
