import type { Income, Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { incomeQuery } from '../../api/analysis-queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ChartFrame } from '../../ui/charts/chart-frame.tsx';
import type { ChartSpec } from '../../ui/charts/chart-spec.ts';
import { Facts } from '../../ui/facts.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Figure, Money } from '../../ui/figures/figures.tsx';
import { formatDay, formatMonth } from '../../ui/figures/format-age.ts';
import { formatCount, formatMoney, type FigureStyle } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules } from '../../ui/tables/list-view.ts';
import { everyMonth, incomeBySymbol, type IncomeRow } from './income-rows.ts';
import { YearChoice, yearsSince } from './year-choice.tsx';

interface IncomePanelProps {
  readonly portfolio: Portfolio;
  readonly firstOn: string;
  readonly year: number | undefined;
  readonly onYear: (year: number | undefined) => void;
}

/** Dividends and interest, by month and by where they came from. */
export function IncomePanel({ portfolio, firstOn, year, onYear }: IncomePanelProps) {
  const { t } = useTranslation();
  const query = useQuery(incomeQuery(portfolio.id, year === undefined ? {} : { year }));
  return (
    <div className="stack wide">
      <section className="card" aria-labelledby="income">
        <div className="card-head">
          <h2 id="income">{t('analysis.income')}</h2>
          <YearChoice years={yearsSince(firstOn)} value={year} onChange={onYear} />
        </div>
        <Loaded query={query} height={320}>
          {(income) =>
            income.items.length === 0 ? (
              <EmptyState icon="portfolio" title={t('analysis.noIncome')}>
                {t('analysis.noIncomeText')}
              </EmptyState>
            ) : (
              <IncomeFigures income={income} name={portfolio.name} />
            )
          }
        </Loaded>
      </section>
      {query.data !== undefined && query.data.items.length > 0 && <Sources income={query.data} />}
    </div>
  );
}

function IncomeFigures({ income, name }: { readonly income: Income; readonly name: string }) {
  const { t } = useTranslation();
  const { currency } = income;
  const spec = useIncomeSpec(income);
  return (
    <>
      <Facts
        rows={[
          {
            label: t('analysis.received'),
            method: t('method.incomeYear'),
            value: <Money value={income.total} currency={currency} unit="code" />,
          },
          {
            label: t('analysis.taxAndFees'),
            method: t('method.incomeCosts'),
            value: <Money value={income.costs} currency={currency} unit="code" />,
          },
        ]}
      />
      <ChartFrame
        name={`${name} ${t('analysis.income')}`}
        spec={spec}
        height="low"
        summary={t('analysis.incomeSummary', { count: income.items.length, months: income.months.length })}
      />
    </>
  );
}

function useIncomeSpec(income: Income): ChartSpec {
  const { t } = useTranslation();
  const { style, hidden } = useFigureStyle();
  return useMemo(() => {
    const months = everyMonth(income.months);
    const amount = (value: number, compact: boolean): string =>
      hidden ? '•••' : formatMoney(String(value), style, { currency: income.currency, unit: 'symbol', compact });
    return {
      kind: 'bar',
      labels: months.map(({ month }) => month),
      series: [{ id: 'income', label: t('analysis.income'), look: 'bar', values: months.map((month) => approximate(month.amount)) }],
      format: (value) => amount(value, false),
      axis: (value) => amount(value, true),
      formatLabel: (month) => formatMonth(month, style, 'long'),
      hidden,
    };
  }, [income, t, style, hidden]);
}

const LARGEST_FIRST = { column: 'amount', descending: true };
const RULES: ListRules<IncomeRow> = {
  textOf: (row) => row.symbol ?? '',
  kindOf: (row) => (row.symbol === null ? 'cash' : 'instrument'),
  valueOf: (row, column) =>
    column === 'symbol' ? (row.symbol ?? '') : column === 'count' ? row.count : column === 'last' ? row.lastOn : approximate(row.amount),
};

function Sources({ income }: { readonly income: Income }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  return (
    <section className="card flush" aria-labelledby="sources">
      <div className="card-head">
        <h2 id="sources">{t('analysis.sources')}</h2>
      </div>
      <ListTable
        caption={t('analysis.sources')}
        rows={incomeBySymbol(income.items)}
        rowKey={(row) => row.symbol ?? ''}
        rules={RULES}
        first={LARGEST_FIRST}
        searchLabel={t('analysis.searchSources')}
        kinds={{
          label: t('analysis.kindOfIncome'),
          all: t('analysis.allIncome'),
          options: [
            { value: 'instrument', label: t('analysis.fromHoldings') },
            { value: 'cash', label: t('analysis.fromCash') },
          ],
        }}
        tools="long"
        columns={columnsOf(t, income.currency, style)}
      />
    </section>
  );
}

function columnsOf(t: Translate, currency: string, style: FigureStyle): Column<IncomeRow>[] {
  return [
    {
      id: 'symbol',
      header: t('positions.name'),
      sortable: true,
      cell: (row) => (row.symbol === null ? <span className="strong">{t('analysis.fromCash')}</span> : <SymbolCell symbol={row.symbol} />),
    },
    {
      id: 'count',
      header: t('analysis.payments'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (row) => <Figure>{formatCount(row.count, style)}</Figure>,
    },
    {
      id: 'last',
      header: t('analysis.lastPaid'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (row) => <Figure>{formatDay(row.lastOn, style)}</Figure>,
    },
    {
      id: 'amount',
      header: `${t('transactions.amount')} ${currency}`,
      method: t('method.incomeYear'),
      end: true,
      sortable: true,
      cell: (row) => <Money value={row.amount} currency={currency} />,
    },
  ];
}
