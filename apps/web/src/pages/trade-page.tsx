import type { Instrument, Portfolio } from '@holdfast/sdk';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { instrumentQuery, portfolioQuery, positionsQuery } from '../api/queries.ts';
import { InstrumentHead } from '../features/markets/instrument-head.tsx';
import type { OrderDraft } from '../features/orders/order-draft.ts';
import { OrderTicket } from '../features/orders/order-ticket.tsx';
import { OrdersPanel } from '../features/orders/orders-panel.tsx';
import { FirstPaperPortfolio } from '../features/portfolios/first-paper-portfolio.tsx';
import { PositionsTable } from '../features/portfolios/positions-table.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { usePortfolioStream } from '../live/use-portfolio-stream.ts';
import { tradeRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { PaperBadge } from '../ui/badge.tsx';
import { SelectField } from '../ui/field.tsx';
import { Money } from '../ui/figures/figures.tsx';
import { EmptyState, Loaded, LoadingState } from '../ui/states.tsx';
import { SymbolSearch } from '../ui/symbol-search.tsx';
import { usePaperPortfolio } from './use-paper-portfolio.ts';

export function TradePage() {
  const { t } = useTranslation();
  const { portfolio: wanted } = tradeRoute.useSearch();
  const { all, chosen, ready } = usePaperPortfolio(wanted);
  useTitle(t('nav.trade'));
  return (
    <div className="page">
      <div className="page-head">
        <div className="row tight">
          <h1>{t('nav.trade')}</h1>
          <PaperBadge />
        </div>
      </div>
      {!ready ? (
        <LoadingState height={400} />
      ) : chosen === null ? (
        <FirstPaperPortfolio />
      ) : (
        <Desk portfolios={all} portfolioId={chosen.id} />
      )}
    </div>
  );
}

function Desk({ portfolios, portfolioId }: { readonly portfolios: readonly Portfolio[]; readonly portfolioId: string }) {
  const query = useQuery(portfolioQuery(portfolioId));
  usePortfolioStream(portfolioId);
  return (
    <Loaded query={query} height={400}>
      {(portfolio) => (
        <div className="columns beside">
          <div className="wide">
            <Choice portfolios={portfolios} portfolio={portfolio} />
          </div>
          <div className="narrow sticky">
            <Ticket portfolio={portfolio} />
          </div>
          <div className="stack wide">
            <OrdersPanel portfolio={portfolio} kind="open" tools="long" />
            <Holdings portfolio={portfolio} />
            <OrdersPanel portfolio={portfolio} kind="final" tools="long" />
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** Which portfolio, which instrument; both stand in the address. */
function Choice({ portfolios, portfolio }: { readonly portfolios: readonly Portfolio[]; readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = tradeRoute.useSearch();
  const { symbol } = search;
  const cash = portfolio.cash.find((balance) => balance.currency === portfolio.baseCurrency);
  const choose = (instrument: Instrument): void => {
    void navigate({ to: '/trade', search: { portfolio: portfolio.id, symbol: instrument.symbol } });
  };
  return (
    <section className="card" aria-label={t('trade.choose')}>
      <div className="columns">
        <div className="half">
          <SymbolSearch label={t('trade.instrument')} value={symbol ?? ''} onChoose={choose} autoFocus={symbol === undefined} />
        </div>
        <div className="half">
          <SelectField
            label={t('nav.portfolio')}
            value={portfolio.id}
            onChange={(event) => void navigate({ to: '/trade', search: { ...search, portfolio: event.target.value } })}
          >
            {portfolios.map((known) => (
              <option key={known.id} value={known.id}>
                {known.name}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
      {symbol === undefined ? (
        <p className="muted">
          {t('cash.available')} <Money value={cash?.available ?? '0'} currency={portfolio.baseCurrency} unit="code" />
        </p>
      ) : (
        <ChosenInstrument symbol={symbol} />
      )}
    </section>
  );
}

function ChosenInstrument({ symbol }: { readonly symbol: string }) {
  const { t } = useTranslation();
  const query = useQuery(instrumentQuery(symbol));
  return (
    <Loaded query={query} height={120}>
      {(instrument) => (
        <InstrumentHead
          instrument={instrument}
          level="h2"
          action={
            <Link className="button small" to="/instruments/$symbol" params={{ symbol: instrument.symbol }}>
              {t('trade.chart')}
            </Link>
          }
        />
      )}
    </Loaded>
  );
}

function Ticket({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const { symbol, side, quantity, limit } = tradeRoute.useSearch();
  const query = useQuery({ ...instrumentQuery(symbol ?? ''), enabled: symbol !== undefined });
  if (symbol === undefined) {
    return (
      <section className="card">
        <EmptyState icon="search" title={t('trade.pick')}>
          {t('trade.pickText')}
        </EmptyState>
      </section>
    );
  }
  const start: Partial<OrderDraft> = {
    ...(side === undefined ? {} : { side }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(limit === undefined ? {} : { type: 'limit', limitPrice: limit }),
  };
  return (
    <Loaded query={query} height={420}>
      {(instrument) => (
        <OrderTicket
          key={[portfolio.id, instrument.symbol, side, quantity, limit].join()}
          portfolio={portfolio}
          instrument={instrument}
          start={start}
        />
      )}
    </Loaded>
  );
}

function Holdings({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const query = useQuery(positionsQuery(portfolio.id));
  if (query.data === undefined || query.data.length === 0) return null;
  return (
    <section className="card flush" aria-labelledby="holdings">
      <div className="card-head">
        <h2 id="holdings">{t('positions.title')}</h2>
      </div>
      <PositionsTable portfolio={portfolio} positions={query.data} compact />
    </section>
  );
}
