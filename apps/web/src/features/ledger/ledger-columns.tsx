import type { Portfolio, Transaction } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Moment } from '../../ui/figures/age.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { writeCsv } from '../../ui/files/write-csv.ts';
import type { Column } from '../../ui/tables/data-table.tsx';
import type { LedgerColumn } from './ledger-filter.ts';

/** The columns that were chosen, in their order. */
export function ledgerColumns(
  t: Translate,
  portfolios: ReadonlyMap<string, Portfolio>,
  chosen: readonly LedgerColumn[],
): Column<Transaction>[] {
  const all: Record<LedgerColumn, Column<Transaction>> = {
    type: {
      id: 'type',
      header: t('transactions.what'),
      cell: (row) => <WhatCell row={row} zone={portfolios.get(row.portfolioId)?.timeZone ?? 'UTC'} />,
    },
    portfolio: {
      id: 'portfolio',
      header: t('nav.portfolio'),
      wideOnly: true,
      cell: (row) => <PortfolioLink row={row} portfolios={portfolios} />,
    },
    tradedAt: {
      id: 'tradedAt',
      header: t('transactions.when'),
      sortable: true,
      wideOnly: true,
      cell: (row) => <Moment at={row.tradedAt} zone={portfolios.get(row.portfolioId)?.timeZone ?? 'UTC'} />,
    },
    quantity: {
      id: 'quantity',
      header: t('transactions.quantity'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.quantity === null ? '' : <Quantity value={row.quantity} />),
    },
    price: {
      id: 'price',
      header: t('transactions.price'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.price === null ? '' : <Price value={row.price} currency={row.currency} />),
    },
    amount: {
      id: 'amount',
      header: t('transactions.amount'),
      method: t('method.transaction.amount'),
      end: true,
      sortable: true,
      cell: (row) => <Money value={row.amount} currency={row.currency} unit="code" />,
    },
    fee: money('fee', t('transactions.fee')),
    tax: money('tax', t('transactions.tax')),
    cashEffect: money('cashEffect', t('ledger.cashEffect')),
    gain: {
      id: 'gain',
      header: t('transactions.realizedGain'),
      method: t('method.transaction.gain'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.realizedGain === null ? '' : <Change amount={row.realizedGain} currency={row.currency} />),
    },
    note: { id: 'note', header: t('transactions.note'), wideOnly: true, cell: (row) => row.note ?? '' },
  };
  return chosen.map((name) => all[name]);
}

function money(name: 'fee' | 'tax' | 'cashEffect', header: string): Column<Transaction> {
  return { id: name, header, end: true, wideOnly: true, cell: (row) => <Money value={row[name]} currency={row.currency} unit="code" /> };
}

/** What happened; on a phone also when, since there is no column for it. */
function WhatCell({ row, zone }: { readonly row: Transaction; readonly zone: string }) {
  const { t } = useTranslation();
  return (
    <span className="nowrap">
      <span className="strong">{t(`transactionType.${row.type}`)}</span>{' '}
      {row.symbol !== null && (
        <Link to="/instruments/$symbol" params={{ symbol: row.symbol }}>
          <bdi>{row.symbol}</bdi>
        </Link>
      )}
      <span className="only-phone small faint">
        <br />
        <Moment at={row.tradedAt} zone={zone} />
      </span>
    </span>
  );
}

function PortfolioLink({ row, portfolios }: { readonly row: Transaction; readonly portfolios: ReadonlyMap<string, Portfolio> }) {
  const portfolio = portfolios.get(row.portfolioId);
  if (portfolio === undefined) return null;
  return (
    <Link to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'transactions' }}>
      {portfolio.name}
    </Link>
  );
}

/** The rows as a file, with the columns that are shown, plain figures and instants. */
export function ledgerCsv(
  rows: readonly Transaction[],
  portfolios: ReadonlyMap<string, Portfolio>,
  chosen: readonly LedgerColumn[],
): string {
  const header = chosen.flatMap((name) => (name === 'type' ? ['type', 'symbol'] : name === 'amount' ? ['amount', 'currency'] : [name]));
  return writeCsv(
    header,
    rows.map((row) =>
      chosen.flatMap((name) => {
        if (name === 'type') return [row.type, row.symbol];
        if (name === 'amount') return [row.amount, row.currency];
        if (name === 'portfolio') return [portfolios.get(row.portfolioId)?.name ?? row.portfolioId];
        return [name === 'gain' ? row.realizedGain : row[name]];
      }),
    ),
  );
}
