import type { Instrument, Transaction } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Moment } from '../../ui/figures/age.tsx';
import { Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { ownTradesQuery } from './use-chart-extras.ts';

const MOST = 10;

/** The own transactions of the instrument: what is marked on the chart, in words. Nothing while there are none. */
export function OwnTrades({ instrument }: { readonly instrument: Instrument }) {
  const { t } = useTranslation();
  const { data: trades = [] } = useQuery(ownTradesQuery(instrument.symbol));
  if (trades.length === 0) return null;
  const columns: Column<Transaction>[] = [
    { id: 'type', header: t('transactions.what'), cell: (row) => t(`transactionType.${row.type}`) },
    { id: 'when', header: t('transactions.when'), cell: (row) => <Moment at={row.tradedAt} zone="UTC" /> },
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
      cell: (row) => (row.price === null ? '' : <Price value={row.price} currency={row.currency} />),
    },
    {
      id: 'amount',
      header: t('transactions.amount'),
      end: true,
      cell: (row) => <Money value={row.amount} currency={row.currency} unit="code" />,
    },
  ];
  return (
    <section className="card flush" aria-labelledby="own-trades">
      <div className="card-head">
        <h2 id="own-trades">{t('chart.ownTrades')}</h2>
        <Link to="/transactions" search={{ search: instrument.symbol }} className="small">
          {t('chart.allOwnTrades')}
        </Link>
      </div>
      <DataTable caption={t('chart.ownTrades')} rows={trades.slice(0, MOST)} rowKey={(row) => row.id} columns={columns} />
    </section>
  );
}
