import { decimal, formatDecimal, subtract } from '@holdfast/engine/money';
import type { Instrument, OrderPreview, Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { positionsQuery } from '../../api/queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Freshness } from '../../ui/figures/age.tsx';
import { Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { LivePrice } from '../../ui/figures/live-price.tsx';

interface TicketFactsProps {
  readonly portfolio: Portfolio;
  readonly instrument: Instrument;
  readonly preview: OrderPreview | null;
}

/** The price now, cash before and after, the fee, what is held already: from the server's preview where there is one. */
export function TicketFacts({ portfolio, instrument, preview }: TicketFactsProps) {
  const { t } = useTranslation();
  const { data: positions = [] } = useQuery(positionsQuery(portfolio.id));
  const held = positions.find((position) => position.symbol === instrument.symbol);
  const rows: readonly Fact[] = [
    { label: t('ticket.spread'), method: t('method.ticket.spread'), value: <Spread instrument={instrument} /> },
    {
      label: t('ticket.cashAvailable'),
      method: t('method.ticket.cashAvailable'),
      value: <Money value={availableCash(portfolio)} currency={portfolio.baseCurrency} unit="code" />,
    },
    ...(preview === null || preview.outcome === 'refused' ? [] : previewRows({ portfolio, instrument, preview }, t)),
    { label: t('ticket.held'), method: t('method.ticket.held'), value: <Quantity value={held?.quantity ?? '0'} /> },
  ];
  return <Facts look="list" rows={rows} />;
}

/** What the order would do, as far as it does anything: price, fee, cash after it. */
export function previewRows(
  { portfolio, instrument, preview }: { readonly portfolio: Portfolio; readonly instrument: Instrument; readonly preview: OrderPreview },
  t: Translate,
): readonly Fact[] {
  const { cashCurrency, outcome } = preview;
  const fact = (name: 'cashAfter' | 'reserved' | 'estimatedPrice' | 'fee', value: ReactNode): Fact => ({
    label: t(`ticket.${name}`),
    method: t(`method.ticket.${name}`),
    value,
  });
  const rows: Fact[] = [];
  if (outcome !== 'rests') rows.push(fact('estimatedPrice', <Price value={preview.price} tickSize={instrument.tickSize} />));
  rows.push(fact('fee', <Money value={preview.fee} currency={preview.currency} unit="code" />));
  if (/[1-9]/.test(preview.reserved)) rows.push(fact('reserved', <Money value={preview.reserved} currency={cashCurrency} unit="code" />));
  const after = availableAfter(availableCash(portfolio), preview);
  rows.push(fact('cashAfter', <Money value={after} currency={cashCurrency} unit="code" />));
  return rows;
}

/** Bid and ask as they tick, with their age. */
function Spread({ instrument }: { readonly instrument: Instrument }) {
  const { t } = useTranslation();
  const quote = useQuote(instrument.symbol);
  if (quote === undefined) return <Price value={null} reason={t('markets.noQuote')} />;
  const { tickSize, currency } = instrument;
  return (
    <span className="row tight end">
      <span>
        <LivePrice value={quote.bid} tickSize={tickSize} currency={currency} /> ·{' '}
        <LivePrice value={quote.ask} tickSize={tickSize} currency={currency} />
      </span>
      <span className="small faint">
        <Freshness at={quote.at} source={quote.source} />
      </span>
    </span>
  );
}

function availableCash(portfolio: Portfolio): string {
  return portfolio.cash.find((balance) => balance.currency === portfolio.baseCurrency)?.available ?? '0';
}

/** What is free once the order is placed: less what it spends at once, less what is set aside for it while it waits. */
function availableAfter(available: string, preview: OrderPreview): string {
  const spent = subtract(decimal(preview.cashBefore), decimal(preview.cashAfter));
  return formatDecimal(subtract(subtract(decimal(available), spent), decimal(preview.reserved)));
}
