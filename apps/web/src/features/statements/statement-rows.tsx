import type { Statement, StatementRow } from '@holdfast/sdk';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Figure, Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { formatDay } from '../../ui/figures/format-age.ts';
import type { FigureStyle } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules } from '../../ui/tables/list-view.ts';
import './statements.css';

const OUTCOMES = [
  'problem',
  'unresolved',
  'record',
  'recorded',
  'duplicate',
  'passed',
] as const satisfies readonly StatementRow['outcome'][];
const LOOKS: Record<StatementRow['outcome'], BadgeLook> = {
  problem: 'danger',
  unresolved: 'warn',
  record: 'accent',
  recorded: 'ok',
  duplicate: 'soft',
  passed: 'soft',
};
/** What has to be looked at comes first, then the order of the file. */
const GRAVEST_FIRST = { column: 'outcome', descending: false };

const RULES: ListRules<StatementRow> = {
  textOf: (row) => `${String(row.line)} ${row.symbol ?? ''} ${row.writtenAs ?? ''} ${row.name ?? ''} ${row.message ?? ''}`,
  kindOf: (row) => row.outcome,
  valueOf: (row, column) => {
    if (column === 'line') return row.line;
    if (column === 'outcome') return OUTCOMES.indexOf(row.outcome) * 1_000_000 + row.line;
    return column === 'day' ? row.tradedAt : column === 'amount' ? approximate(row.amount) : (row.symbol ?? row.writtenAs);
  },
};

/** Every row of the file: what it would become, and what is wrong with it, by line, column and reason. */
export function StatementRows({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  return (
    <section className="card flush" aria-labelledby="rows">
      <div className="card-head">
        <h2 id="rows">{t('statements.rows')}</h2>
      </div>
      <ListTable
        caption={t('statements.rows')}
        rows={statement.rows}
        rowKey={(row) => `${String(row.line)} ${row.type ?? ''} ${row.symbol ?? ''} ${row.amount ?? ''} ${row.transactionId ?? ''}`}
        rules={RULES}
        first={GRAVEST_FIRST}
        searchLabel={t('statements.searchRows')}
        kinds={{
          label: t('statements.outcome'),
          all: t('statements.allOutcomes'),
          options: OUTCOMES.map((value) => ({ value, label: t(`statements.outcomes.${value}`) })),
        }}
        twoLine
        columns={columnsOf(t, style)}
      />
    </section>
  );
}

function columnsOf(t: Translate, style: FigureStyle): Column<StatementRow>[] {
  return [
    {
      id: 'line',
      header: t('imports.line'),
      sortable: true,
      cell: (row) => (
        <span>
          <Figure>{row.line}</Figure> <span className="only-phone">{row.symbol ?? row.writtenAs}</span>
        </span>
      ),
    },
    {
      id: 'what',
      header: t('transactions.what'),
      sortable: true,
      wideOnly: true,
      cell: (row) => (
        <span>
          <span className="strong">{row.type === null ? '' : t(`transactionType.${row.type}`)}</span>{' '}
          <bdi>{row.symbol ?? row.writtenAs ?? ''}</bdi>
        </span>
      ),
    },
    {
      id: 'day',
      header: t('transactions.day'),
      sortable: true,
      wideOnly: true,
      cell: (row) => <Figure>{row.tradedAt === null ? '' : formatDay(row.tradedAt.slice(0, 10), style)}</Figure>,
    },
    {
      id: 'quantity',
      header: t('transactions.quantity'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.quantity === null ? '' : <Quantity value={row.quantity} />),
    },
    {
      id: 'price',
      header: t('transactions.price'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.price === null ? '' : <Price value={row.price} />),
    },
    {
      id: 'amount',
      header: t('transactions.amount'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (row) => (row.amount === null ? '' : <Money value={row.amount} currency={row.currency ?? 'USD'} unit="code" />),
    },
    {
      id: 'outcome',
      header: t('statements.outcome'),
      sortable: true,
      cell: (row) => (
        <div className="statement-message">
          <Badge look={LOOKS[row.outcome]}>{t(`statements.outcomes.${row.outcome}`)}</Badge>
          {row.message !== null && (
            <p className="small" lang="en">
              {row.column !== null && <code>{row.column}</code>} {row.message}
            </p>
          )}
        </div>
      ),
    },
  ];
}
