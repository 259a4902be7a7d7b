/** What is held and what it is worth: positions and cash at one instant. */
import { decimal, divide, isZero, toNumber } from '@holdfast/engine/money';
import { documentHead } from './document-head.ts';
import { filled } from '../words/report-words.ts';
import { largestShares } from './largest-shares.ts';
import { batchesOf } from './report-document.ts';
import type { Column, Figure, ReportDocument, Row, Table } from './report-document.ts';
import type { HoldingsContent, ReportHeading } from './report-input.ts';
import type { ReportWords } from '../words/report-words.ts';

interface Position {
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: string;
  readonly quantity: string;
  readonly averagePrice: string;
  readonly price: string | null;
  readonly priceAt: string | null;
  readonly currency: string;
  readonly marketValue: string | null;
  readonly costBasis: string;
  readonly unrealizedGain: string | null;
  readonly unrealizedGainPercent: number | null;
  readonly baseValue: string;
  readonly weight: number | null;
}

type Summary = Readonly<Record<string, string>>;

export function holdingsDocument(heading: ReportHeading, content: HoldingsContent): ReportDocument {
  const { head, words } = documentHead(heading);
  const positions = JSON.parse(content.positions) as readonly Position[];
  const summary = JSON.parse(content.summary) as Summary;
  const { sentences, columns, figures } = words;
  const name = (key: keyof ReportWords['figures']) => figures[key];
  return {
    ...head,
    figures: figuresOf(summary, words, heading.baseCurrency),
    charts: chartsOf(positions, summary, words),
    tables: [positionTable(positions, words, heading.baseCurrency), cashTable(content, summary, { words, base: heading.baseCurrency })],
    methods: [
      { name: name('totalValue'), sentence: sentences.totalValue },
      { name: filled(columns.baseValue, { currency: heading.baseCurrency }), sentence: sentences.baseValue },
      { name: columns.averagePrice, sentence: sentences.averagePrice },
      { name: name('unrealizedGain'), sentence: sentences.unrealizedGain },
      { name: name('netGain'), sentence: sentences.netGain },
      { name: columns.weight, sentence: sentences.weight },
      { name: words.asOf, sentence: sentences.instant },
    ],
  };
}

function figuresOf(summary: Summary, words: ReportWords, currency: string): readonly Figure[] {
  const plain = ['totalValue', 'marketValue', 'cashValue', 'investedCapital', 'costBasis'] as const;
  const changes = ['unrealizedGain', 'realizedGain', 'income', 'netGain', 'dayChange'] as const;
  const figure = (key: (typeof plain | typeof changes)[number]) => ({
    label: words.figures[key],
    value: summary[key] ?? null,
    kind: 'money' as const,
    currency,
  });
  return [...plain.map(figure), ...changes.map((key) => ({ ...figure(key), signed: true as const }))];
}

function positionTable(positions: readonly Position[], words: ReportWords, base: string): Table {
  const { columns: titles } = words;
  const own = 7;
  const columns: readonly Column[] = [
    { key: 'symbol', title: titles.symbol, kind: 'text', width: 16 },
    { key: 'name', title: titles.name, kind: 'text', width: 26 },
    { key: 'assetClass', title: titles.assetClass, kind: 'text', width: 9, words: words.assetClasses },
    { key: 'quantity', title: titles.quantity, kind: 'quantity', width: 13 },
    { key: 'averagePrice', title: titles.averagePrice, kind: 'price', width: 14, currency: own },
    { key: 'price', title: titles.price, kind: 'price', width: 13, currency: own },
    { key: 'priceAt', title: titles.priceAt, kind: 'instant', width: 20, filesOnly: true },
    { key: 'currency', title: titles.currency, kind: 'text', width: 12 },
    { key: 'costBasis', title: titles.costBasis, kind: 'money', width: 15, currency: own },
    { key: 'marketValue', title: titles.marketValue, kind: 'money', width: 15, currency: own },
    { key: 'unrealizedGain', title: titles.unrealizedGain, kind: 'money', width: 15, currency: own, signed: true },
    { key: 'unrealizedGainFraction', title: titles.unrealizedGainPercent, kind: 'fraction', width: 10, signed: true },
    { key: 'baseValue', title: filled(titles.baseValue, { currency: base }), kind: 'money', width: 16, currency: base, total: true },
    { key: 'weight', title: titles.weight, kind: 'fraction', width: 9 },
  ];
  const rows = positions.map((position): Row => {
    const { symbol, name, assetClass, quantity, averagePrice, price, priceAt, currency, costBasis, marketValue } = position;
    const { unrealizedGain, unrealizedGainPercent, baseValue, weight } = position;
    const at = priceAt === null ? null : Date.parse(priceAt);
    const gained = unrealizedGainPercent === null ? null : hundredth(unrealizedGainPercent);
    const start = [symbol, name, assetClass, quantity, averagePrice, price, at, currency];
    return [...start, costBasis, marketValue, unrealizedGain, gained, baseValue, weight];
  });
  return { title: words.tables.positions, columns, count: rows.length, totalCurrencies: [base], rows: batchesOf(rows) };
}

function cashTable(
  { cash }: HoldingsContent,
  summary: Summary,
  { words, base }: { readonly words: ReportWords; readonly base: string },
): Table {
  const columns: readonly Column[] = [
    { key: 'currency', title: words.columns.currency, kind: 'text', width: 40 },
    { key: 'balance', title: words.columns.balance, kind: 'money', width: 20, currency: 0 },
    { key: 'baseValue', title: filled(words.columns.baseValue, { currency: base }), kind: 'money', width: 20, currency: base, total: true },
    { key: 'weight', title: words.columns.weight, kind: 'fraction', width: 12 },
  ];
  const rows = cash.map(({ currency, balance, baseValue }): Row => [currency, balance, baseValue, share(baseValue, summary['totalValue'])]);
  return { title: words.tables.cash, columns, count: rows.length, totalCurrencies: [base], rows: batchesOf(rows) };
}

function chartsOf(positions: readonly Position[], summary: Summary, words: ReportWords): ReportDocument['charts'] {
  const total = summary['totalValue'];
  const cash = { label: words.cash, fraction: share(summary['cashValue'] ?? '0', total) ?? 0 };
  const classes: Readonly<Record<string, string>> = words.assetClasses;
  const byClass = new Map<string, number>();
  for (const { assetClass, weight } of positions) {
    const label = classes[assetClass] ?? assetClass;
    byClass.set(label, (byClass.get(label) ?? 0) + (weight ?? 0));
  }
  const own = positions.map(({ symbol, weight }) => ({ label: symbol, fraction: weight ?? 0 }));
  const ofClasses = [...byClass].map(([label, fraction]) => ({ label, fraction }));
  return [
    { kind: 'shares', title: words.charts.byInstrument, parts: largestShares([...own, cash], words.other) },
    { kind: 'shares', title: words.charts.byClass, parts: largestShares([...ofClasses, cash], words.other) },
  ];
}

function share(part: string, whole: string | undefined): number | null {
  const all = decimal(whole ?? '0');
  return isZero(all) ? null : toNumber(divide(decimal(part), all));
}

/** Without the noise of a division in binary. */
function hundredth(percent: number): number {
  return Number((percent / 100).toPrecision(15));
}
