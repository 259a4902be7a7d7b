/** How well a portfolio did: its returns, its line, its months and its falls. */
import { dateOf, parseDay } from '@holdfast/engine/time';
import { performanceSentences } from '../words/performance-sentences.ts';
import type { ReportWords } from '../words/report-words.ts';
import { documentHead } from './document-head.ts';
import { batchesOf } from './report-document.ts';
import type { Chart, Column, Figure, ReportDocument, Row, Table } from './report-document.ts';
import type { PerformanceContent, ReportHeading } from './report-input.ts';

interface Point {
  readonly day: string;
  readonly value: number;
  readonly invested: number;
  readonly cumulativeReturn: number;
  readonly drawdown: number;
  readonly rollingReturn: number | null;
}

interface Drawdown {
  readonly depth: number;
  readonly peakOn: string;
  readonly troughOn: string;
  readonly recoveredOn: string | null;
}

interface Performance {
  readonly timeWeighted: number | null;
  readonly annualized: number | null;
  readonly moneyWeighted: number | null;
  readonly simple: number | null;
  readonly roai: number | null;
  readonly series: readonly Point[];
  readonly months: readonly { readonly month: string; readonly return: number }[];
  readonly drawdowns: readonly Drawdown[];
  readonly methods: Readonly<Record<string, string>>;
}

interface Risk {
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly maxDrawdown: Drawdown | null;
  readonly valueAtRisk: number | null;
  readonly methods: Readonly<Record<string, string>>;
}

const RETURNS = ['timeWeighted', 'annualized', 'moneyWeighted', 'simple', 'roai'] as const;
const RISKS = ['volatility', 'maxDrawdown', 'valueAtRisk', 'sharpe', 'sortino'] as const;

export function performanceDocument(heading: ReportHeading, content: PerformanceContent): ReportDocument {
  const { head, words } = documentHead(heading);
  const performance = JSON.parse(content.performance) as Performance;
  const risk = JSON.parse(content.risk) as Risk;
  const sentences = performanceSentences(head.language, { ...performance.methods, ...risk.methods });
  const { series } = performance;
  return {
    ...head,
    figures: figuresOf(performance, risk, words),
    charts: series.length < 2 ? [] : chartsOf(series, words, heading.baseCurrency),
    tables: [
      seriesTable(series, words, heading.baseCurrency),
      monthTable(performance.months, words, head.locale),
      drawdownTable(performance.drawdowns, words),
    ],
    methods: [
      ...[...RETURNS, ...RISKS].map((key) => ({ name: words.figures[key], sentence: sentences[key] })),
      { name: words.tables.months, sentence: words.sentences.months },
    ],
  };
}

function figuresOf(performance: Performance, risk: Risk, words: ReportWords): readonly Figure[] {
  const risks: Readonly<Record<(typeof RISKS)[number], number | null>> = { ...risk, maxDrawdown: risk.maxDrawdown?.depth ?? null };
  return [
    ...RETURNS.map((key): Figure => ({ label: words.figures[key], value: performance[key], kind: 'fraction', signed: true })),
    ...RISKS.map((key): Figure => ({
      label: words.figures[key],
      value: risks[key],
      kind: key === 'sharpe' || key === 'sortino' ? 'number' : 'fraction',
    })),
  ];
}

function chartsOf(series: readonly Point[], words: ReportWords, currency: string): readonly Chart[] {
  const days = series.map(({ day }) => parseDay(day) ?? 0);
  return [
    {
      kind: 'lines',
      title: words.charts.value,
      unit: 'money',
      currency,
      days,
      lines: [
        { label: words.columns.value, values: series.map(({ value }) => value) },
        { label: words.columns.invested, values: series.map(({ invested }) => invested), dashed: true },
      ],
    },
    {
      kind: 'lines',
      title: words.charts.cumulative,
      unit: 'fraction',
      currency,
      days,
      lines: [{ label: words.figures.timeWeighted, values: series.map(({ cumulativeReturn }) => cumulativeReturn) }],
    },
  ];
}

function seriesTable(series: readonly Point[], words: ReportWords, currency: string): Table {
  const { columns: titles } = words;
  const columns: readonly Column[] = [
    { key: 'day', title: titles.on, kind: 'day', width: 14 },
    { key: 'value', title: titles.value, kind: 'money', width: 16, currency },
    { key: 'invested', title: titles.invested, kind: 'money', width: 16, currency },
    { key: 'cumulativeReturn', title: titles.cumulativeReturn, kind: 'fraction', width: 12, signed: true },
    { key: 'drawdown', title: titles.drawdown, kind: 'fraction', width: 12 },
    { key: 'rollingReturn', title: titles.rollingReturn, kind: 'fraction', width: 16, signed: true },
  ];
  const rows = function* (): Generator<Row> {
    for (const { day, value, invested, cumulativeReturn, drawdown, rollingReturn } of series)
      yield [day, value, invested, cumulativeReturn, drawdown, rollingReturn];
  };
  const count = series.length;
  return { title: words.tables.series, columns, count, totalCurrencies: [], rows: () => batchesOf(rows())(), only: 'files' };
}

/** A line per year: its twelve months and the year itself, the months linked. */
function monthTable(months: Performance['months'], words: ReportWords, locale: string): Table {
  const names = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const years = new Map<number, (number | null)[]>();
  for (const { month, return: made } of months) {
    const day = parseDay(`${month}-01`);
    if (day === null) continue;
    const { year, month: number } = dateOf(day);
    const own = years.get(year) ?? Array.from({ length: 12 }, () => null);
    own[number - 1] = made;
    years.set(year, own);
  }
  const monthColumns = Array.from({ length: 12 }, (_, index): Column => ({
    key: `month${index + 1}`,
    title: names.format(Date.UTC(2024, index, 1)),
    kind: 'fraction',
    width: 8,
    signed: true,
  }));
  const columns: readonly Column[] = [
    { key: 'year', title: words.columns.year, kind: 'text', width: 7 },
    ...monthColumns,
    { key: 'return', title: words.columns.year, kind: 'fraction', width: 9, signed: true },
  ];
  const rows = [...years].map(([year, own]): Row => [
    String(year),
    ...own,
    own.reduce<number>((all, made) => all * (1 + (made ?? 0)), 1) - 1,
  ]);
  return { title: words.tables.months, columns, count: rows.length, totalCurrencies: [], rows: batchesOf(rows) };
}

function drawdownTable(drawdowns: readonly Drawdown[], words: ReportWords): Table {
  const { columns: titles } = words;
  const columns: readonly Column[] = [
    { key: 'depth', title: titles.depth, kind: 'fraction', width: 12 },
    { key: 'peakOn', title: titles.peakOn, kind: 'day', width: 16 },
    { key: 'troughOn', title: titles.troughOn, kind: 'day', width: 16 },
    { key: 'recoveredOn', title: titles.recoveredOn, kind: 'day', width: 16 },
  ];
  const rows = drawdowns.map(({ depth, peakOn, troughOn, recoveredOn }): Row => [depth, peakOn, troughOn, recoveredOn]);
  return { title: words.tables.drawdowns, columns, count: rows.length, totalCurrencies: [], rows: batchesOf(rows) };
}
