import type { Portfolio, Trail, TrailSource } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Freshness, Moment } from '../../ui/figures/age.tsx';
import { Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { Loaded } from '../../ui/states.tsx';

/** The end of a trail: the transaction, price, lot or rate itself, and the way to it. */
export function TrailFact({ portfolio, trail }: { readonly portfolio: Portfolio; readonly trail: Trail }) {
  const { t } = useTranslation();
  const { source } = trail;
  if (source === undefined) return null;
  if (source.kind === 'transaction' && source.transactionId !== undefined) {
    return <TransactionFact portfolio={portfolio} transactionId={source.transactionId} />;
  }
  const { symbol } = source;
  if (source.kind === 'price' && symbol !== undefined) return <PriceFact symbol={symbol} />;
  if (source.kind === 'lot' && source.lotId !== undefined) {
    return (
      <div className="stack">
        <p>{t('explain.fromLot', { symbol: symbol ?? '' })}</p>
        <TransactionFact portfolio={portfolio} transactionId={source.lotId} />
      </div>
    );
  }
  return <OtherFact portfolio={portfolio} source={source} />;
}

function OtherFact({ portfolio, source }: { readonly portfolio: Portfolio; readonly source: TrailSource }) {
  const { t } = useTranslation();
  const { symbol } = source;
  if (source.kind === 'position' && symbol !== undefined) {
    return (
      <div className="stack">
        <p>{t('explain.fromPosition')}</p>
        <Link to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'transactions' }} search={{ search: symbol }}>
          {t('explain.seePosition', { symbol })}
        </Link>
      </div>
    );
  }
  return <p>{t('explain.fromRate', { currency: source.currency ?? portfolio.baseCurrency })}</p>;
}

function PriceFact({ symbol }: { readonly symbol: string }) {
  const { t } = useTranslation();
  const quote = useQuote(symbol);
  return (
    <div className="stack">
      <p>
        {t('explain.fromPrice', { symbol })} {quote !== undefined && <Freshness at={quote.at} source={quote.source} />}
      </p>
      <Link to="/instruments/$symbol" params={{ symbol }}>
        {t('explain.seeInstrument', { symbol })}
      </Link>
    </div>
  );
}

function TransactionFact({ portfolio, transactionId }: { readonly portfolio: Portfolio; readonly transactionId: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: [...portfolioKey(portfolio.id), 'transaction', transactionId],
    queryFn: ({ signal }) => api.portfolios.getTransaction(portfolio.id, transactionId, signal),
  });
  return (
    <Loaded query={query} height={120}>
      {(found) => {
        const day = found.tradedAt.slice(0, 10);
        const rows: Fact[] = [
          { label: t('transactions.type'), value: t(`transactionType.${found.type}`) },
          { label: t('transactions.when'), value: <Moment at={found.tradedAt} zone={portfolio.timeZone} /> },
          ...(found.quantity === null ? [] : [{ label: t('transactions.quantity'), value: <Quantity value={found.quantity} /> }]),
          ...(found.price === null
            ? []
            : [{ label: t('transactions.price'), value: <Price value={found.price} currency={found.currency} /> }]),
          { label: t('transactions.amount'), value: <Money value={found.amount} currency={found.currency} unit="code" /> },
          { label: t('transactions.fee'), value: <Money value={found.fee} currency={found.currency} unit="code" /> },
        ];
        return (
          <div className="stack">
            <Facts rows={rows} look="list" />
            <Link
              to="/portfolios/$portfolioId/$view"
              params={{ portfolioId: portfolio.id, view: 'transactions' }}
              search={{ from: day, to: day, ...(found.symbol === null ? {} : { search: found.symbol }) }}
            >
              {t('explain.seeTransaction')}
            </Link>
          </div>
        );
      }}
    </Loaded>
  );
}
