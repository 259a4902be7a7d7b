import type { Instrument, Portfolio } from '@holdfast/sdk';
import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { instrumentQuery, portfolioQuery, portfoliosQuery, positionsQuery } from '../api/queries.ts';
import { NewAlertButton } from '../features/alerts/new-alert-button.tsx';
import { readCompared, readIndicators } from '../features/markets/chart-extras.ts';
import { InstrumentHead } from '../features/markets/instrument-head.tsx';
import { OwnTrades } from '../features/markets/own-trades.tsx';
import { PricePanel } from '../features/markets/price-panel.tsx';
import { QuoteFacts } from '../features/markets/quote-facts.tsx';
import { OrderTicket } from '../features/orders/order-ticket.tsx';
import { FirstPaperPortfolio } from '../features/portfolios/first-paper-portfolio.tsx';
import { PositionFacts } from '../features/portfolios/position-facts.tsx';
import { StarButton } from '../features/watchlists/star-button.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { usePortfolioStream } from '../live/use-portfolio-stream.ts';
import { instrumentRoute } from '../shell/routes.ts';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/states.tsx';
import { useInstrumentTitle } from './use-instrument-title.ts';
import { usePaperPortfolio } from './use-paper-portfolio.ts';
import './instrument-page.css';

export function InstrumentPage() {
  const { symbol } = instrumentRoute.useParams();
  const query = useQuery(instrumentQuery(symbol));
  return (
    <div className="page">
      {query.data === undefined && <h1 className="sr-only">{symbol}</h1>}
      <Loaded query={query} height={480}>
        {(instrument) => <InstrumentBody key={instrument.id} instrument={instrument} />}
      </Loaded>
    </div>
  );
}

function InstrumentBody({ instrument }: { readonly instrument: Instrument }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = instrumentRoute.useSearch();
  const { chosen, ready } = usePaperPortfolio(undefined);
  useInstrumentTitle(instrument);
  const replace = (next: typeof search): void => {
    void navigate({ to: '/instruments/$symbol', params: { symbol: instrument.symbol }, search: next, replace: true, resetScroll: false });
  };
  const change = (part: typeof search): void => {
    replace({ ...search, ...part });
  };
  const tradable = instrument.status === 'active' && instrument.assetClass !== 'index' && instrument.assetClass !== 'cash';
  return (
    <div className="columns beside">
      <section className="card wide" aria-label={t('markets.priceOf', { symbol: instrument.symbol })}>
        <InstrumentHead
          instrument={instrument}
          action={
            <div className="row tight">
              <StarButton symbol={instrument.symbol} />
              <NewAlert instrument={instrument} />
            </div>
          }
        />
        <PricePanel
          instrument={instrument}
          range={search.range ?? '1M'}
          kind={search.chart ?? 'line'}
          wishes={{
            indicators: readIndicators(search.indicators),
            compared: readCompared(search.compare, instrument.symbol),
            logarithmic: search.log === true,
          }}
          onWishes={({ indicators, compared, logarithmic }) => {
            const { indicators: _names, compare: _compare, log: _log, ...rest } = search;
            replace({
              ...rest,
              ...(indicators.length === 0 ? {} : { indicators: indicators.join() }),
              ...(compared.length === 0 ? {} : { compare: compared.join() }),
              ...(logarithmic ? { log: true } : {}),
            });
          }}
          onRange={(range) => {
            change({ range });
          }}
          onKind={(chart) => {
            change({ chart });
          }}
        />
      </section>
      <div className="narrow sticky" id="deal">
        {tradable && chosen !== null && <InstrumentTicket portfolioId={chosen.id} instrument={instrument} side={search.side ?? 'buy'} />}
        {tradable && ready && chosen === null && <FirstPaperPortfolio />}
      </div>
      <div className="stack wide">
        {chosen !== null && <OwnPosition portfolio={chosen} instrument={instrument} />}
        <QuoteFacts instrument={instrument} />
        <OwnTrades instrument={instrument} />
      </div>
      {tradable && chosen !== null && (
        <DealBar
          onSide={(side) => {
            change({ side });
          }}
        />
      )}
    </div>
  );
}

function NewAlert({ instrument: { symbol, currency } }: { readonly instrument: Instrument }) {
  const { data: portfolios = [] } = useQuery(portfoliosQuery);
  return <NewAlertButton portfolios={portfolios} start={{ symbol, currency }} />;
}

/** Buy and Sell above the tab bar of a phone: they lead to the ticket, which stands below the chart there. */
function DealBar({ onSide }: { readonly onSide: (side: 'buy' | 'sell') => void }) {
  const { t } = useTranslation();
  const lead = (side: 'buy' | 'sell') => (): void => {
    onSide(side);
    const ticket = document.getElementById('deal');
    ticket?.scrollIntoView({ block: 'start' });
    requestAnimationFrame(() => ticket?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true }));
  };
  return (
    <div className="deal-bar">
      <Button look="primary" onClick={lead('buy')}>
        {t('ticket.buy')}
      </Button>
      <Button onClick={lead('sell')}>{t('ticket.sell')}</Button>
    </div>
  );
}

interface InstrumentTicketProps {
  readonly portfolioId: string;
  readonly instrument: Instrument;
  readonly side: 'buy' | 'sell';
}

function InstrumentTicket({ portfolioId, instrument, side }: InstrumentTicketProps) {
  const query = useQuery(portfolioQuery(portfolioId));
  usePortfolioStream(portfolioId);
  return (
    <Loaded query={query} height={420}>
      {(portfolio) => <OrderTicket key={side} portfolio={portfolio} instrument={instrument} start={{ side }} />}
    </Loaded>
  );
}

function OwnPosition({ portfolio, instrument }: { readonly portfolio: Portfolio; readonly instrument: Instrument }) {
  const { data: positions = [] } = useQuery(positionsQuery(portfolio.id));
  const held = positions.find((position) => position.symbol === instrument.symbol);
  return held === undefined ? null : <PositionFacts portfolio={portfolio} position={held} />;
}
