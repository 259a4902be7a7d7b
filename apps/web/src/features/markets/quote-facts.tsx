import type { Instrument, Statistics } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { statisticsQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Figure, Missing, Percent, Price } from '../../ui/figures/figures.tsx';
import { formatCount, plainNumber } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';

/** The day's figures from the live quote, and those of the last thirty days. */
export function QuoteFacts({ instrument }: { readonly instrument: Instrument }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const quote = useQuote(instrument.symbol);
  const { data: statistics } = useQuery(statisticsQuery(instrument.symbol));
  const volume = quote?.volume;
  const prices = ['bid', 'ask', 'open', 'previousClose', 'high', 'low'] as const;
  const rows: readonly Fact[] = [
    ...prices.map((name) => ({
      label: t(`quote.${name}`),
      method: t(`method.quote.${name}`),
      value: <Price value={quote?.[name]} tickSize={instrument.tickSize} currency={instrument.currency} />,
    })),
    {
      label: t('quote.volume'),
      method: t('method.quote.volume'),
      value: volume === null || volume === undefined ? <Missing /> : <Figure>{formatCount(volume, style)}</Figure>,
    },
  ];
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">{t('quote.title')}</h2>
      <Facts rows={rows} />
      {statistics !== undefined && statistics.count > 0 && <MonthFacts instrument={instrument} statistics={statistics} />}
    </section>
  );
}

function MonthFacts({ instrument, statistics }: { readonly instrument: Instrument; readonly statistics: Statistics }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const { tickSize, currency } = instrument;
  const price = (value: string | null): ReactNode => <Price value={value} tickSize={tickSize} currency={currency} />;
  const { average, annualizedVolatility } = statistics;
  const change = <Change amount={statistics.change} percent={statistics.changePercent} currency={currency} tickSize={tickSize} price />;
  const rows: readonly Fact[] = [
    { label: t('quote.minimum'), method: t('method.quote.minimum'), value: price(statistics.minimum) },
    { label: t('quote.maximum'), method: t('method.quote.maximum'), value: price(statistics.maximum) },
    { label: t('quote.average'), method: t('method.quote.average'), value: price(average === null ? null : plainNumber(average)) },
    { label: t('quote.change'), method: t('method.quote.periodChange'), value: change },
    {
      label: t('quote.volatility'),
      method: t('method.quote.volatility'),
      value: <Percent value={annualizedVolatility === null ? null : annualizedVolatility * 100} />,
    },
    { label: t('quote.days'), method: t('method.quote.days'), value: <Figure>{formatCount(statistics.count, style)}</Figure> },
  ];
  return (
    <>
      <h2>{t('quote.lastMonth')}</h2>
      <Facts rows={rows} />
    </>
  );
}
