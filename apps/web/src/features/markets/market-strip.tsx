import type { Movers } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Freshness } from '../../ui/figures/age.tsx';
import { Sparkline } from '../../ui/charts/sparkline.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Change } from '../../ui/figures/change.tsx';
import { useQuote } from '../../live/use-quote.ts';
import { LivePrice } from '../../ui/figures/live-price.tsx';
import { sourceName } from '../../ui/figures/source-name.ts';
import { barsOf } from './chart-range.ts';
import './market-strip.css';

const REFRESH_MS = 60_000;

/** What is traded most, with live prices. Shows nothing where market data is not public. */
export function MarketStrip() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['movers'],
    refetchInterval: REFRESH_MS,
    retry: false,
    queryFn: ({ signal }) => api.market.listMovers({ limit: 6 }, signal),
  });
  if (query.isPending) return <ComingStrip />;
  if (query.data === undefined || query.data.mostActive.length === 0) return null;
  return (
    <section className="market-strip" aria-labelledby="strip">
      <div className="row between">
        <h2 id="strip">{t('landing.market')}</h2>
        <StripAge symbol={query.data.mostActive[0]?.symbol ?? ''} />
      </div>
      <ul>
        {query.data.mostActive.slice(0, 6).map((mover) => (
          <Mover key={mover.symbol} mover={mover} />
        ))}
      </ul>
    </section>
  );
}

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** As tall as the strip will be at any width, so that nothing below it moves when the prices come. */
function ComingStrip() {
  const { t } = useTranslation();
  return (
    <section className="market-strip" role="status" aria-busy="true">
      <div className="row between">
        <h2>{t('landing.market')}</h2>
      </div>
      <ul aria-hidden="true">
        {PLACES.map((place) => (
          <li key={place} className="card">
            <div>
              <div className="strong">{BLANK}</div>
              <div className="small">{BLANK}</div>
            </div>
            <div className="lead strong">{BLANK}</div>
            <div className="month-line" />
            <span className="change">{BLANK}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Holds a line open. */
const BLANK = '\u00A0';

function Mover({ mover }: { readonly mover: Movers['mostActive'][number] }) {
  const quote = useQuote(mover.symbol) ?? mover;
  return (
    <li className="card">
      <div>
        <div className="strong">{mover.symbol}</div>
        <div className="small faint truncate">{mover.name}</div>
      </div>
      <div className="lead strong">
        <LivePrice value={quote.last} currency={mover.currency} /> <span className="small faint">{mover.currency}</span>
      </div>
      <MonthLine symbol={mover.symbol} />
      <Change amount={quote.change} percent={quote.changePercent} currency={mover.currency} price />
    </li>
  );
}

/** The last thirty closing prices, as a line without axes: the figures beside it say the same in words. */
function MonthLine({ symbol }: { readonly symbol: string }) {
  const [request] = useState(() => barsOf('1M', Date.now()));
  const query = useQuery({
    queryKey: ['bars', symbol, request],
    staleTime: 10 * 60_000,
    retry: false,
    queryFn: ({ signal }) => api.market.listBars(symbol, request, signal),
  });
  const closes = query.data?.bars.map((bar) => approximate(bar.close)) ?? [];
  return (
    <div className="month-line">
      <Sparkline values={closes} />
    </div>
  );
}

/** The strip's age and source are those of its first quote: all of them come from one feed. */
function StripAge({ symbol }: { readonly symbol: string }) {
  const { t } = useTranslation();
  const quote = useQuote(symbol);
  if (quote === undefined) return null;
  return (
    <span className="small faint">
      <Freshness at={quote.at} source={quote.source} /> · {sourceName(quote.source, t)}
    </span>
  );
}
