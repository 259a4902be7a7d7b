import type { BarSeries, Indicators, Transaction } from '@holdfast/sdk';

/** What a reader laid over the price: indicators by name, other instruments, the own trades. */
export const INDICATORS = ['sma20', 'sma50', 'ema50', 'bollinger20', 'vwap', 'rsi14', 'macd', 'atr14'] as const;
export type IndicatorName = (typeof INDICATORS)[number];

/** Those that are prices lie over the price; the others have a scale, and therefore a pane, of their own. */
const OWN_PANE: readonly string[] = ['rsi14', 'macd', 'atr14'];
export const MOST_COMPARED = 5;

export interface Overlay {
  readonly id: string;
  readonly label: string;
  readonly at: readonly string[];
  readonly values: readonly (number | null)[];
  /** Null lies over the price; equal names share a pane. */
  readonly pane: string | null;
  /** 1 to 6, the colours of categories. */
  readonly colour: number;
}

/** Names of indicators as an address holds them, parted by commas; what is not known is left out. */
export function readIndicators(text: string | undefined): IndicatorName[] {
  const words = (text ?? '').split(',');
  return INDICATORS.filter((name) => words.includes(name));
}

/** Symbols to compare with, each once, at most five. */
export function readCompared(text: string | undefined, own: string): string[] {
  const words = (text ?? '')
    .split(',')
    .map((word) => word.trim().toUpperCase())
    .filter((word) => word !== '' && word !== own);
  return [...new Set(words)].slice(0, MOST_COMPARED);
}

/** The lines of the server's indicators, one colour an indicator. */
export function overlaysOf(answer: Indicators | undefined, labelOf: (name: string, line: string) => string): Overlay[] {
  if (answer === undefined) return [];
  return answer.indicators.flatMap((indicator, index) =>
    indicator.lines.map((line) => ({
      id: `${indicator.name} ${line.name}`,
      label: labelOf(indicator.name, line.name),
      at: answer.at,
      values: line.values,
      pane: OWN_PANE.includes(indicator.name) ? indicator.name : null,
      colour: (index % 6) + 1,
    })),
  );
}

export interface TradeMark {
  /** The bar it belongs to. */
  readonly at: string;
  readonly kind: 'buy' | 'sell' | 'dividend' | 'split';
  readonly id: string;
}

const MARKED = ['buy', 'sell', 'dividend', 'split'] as const;

/** Each own transaction on the bar in which it happened: the last one that began before it. Those before the first bar are left out. */
export function tradeMarks(series: BarSeries, transactions: readonly Transaction[]): TradeMark[] {
  const marks: TradeMark[] = [];
  for (const transaction of transactions) {
    const kind = MARKED.find((known) => known === transaction.type);
    const bar = series.bars.findLast((known) => Date.parse(known.at) <= Date.parse(transaction.tradedAt) + dayOf(series));
    if (kind !== undefined && bar !== undefined) marks.push({ at: bar.at, kind, id: transaction.id });
  }
  return marks.toSorted((a, b) => a.at.localeCompare(b.at));
}

/** A trade that was recorded for a whole day stands at its midnight, before the exchange's session of that day begins. */
function dayOf({ interval }: BarSeries): number {
  return interval === '1d' || interval === '1w' || interval === '1mo' ? 86_399_000 : 0;
}
