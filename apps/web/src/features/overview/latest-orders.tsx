import type { Order, Portfolio } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useQueries } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, PaperBadge } from '../../ui/badge.tsx';
import { Age } from '../../ui/figures/age.tsx';
import { Quantity } from '../../ui/figures/figures.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';

const MOST = 5;

/** What was last ordered in the paper portfolios, and what became of it. */
export function LatestOrders({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const queries = useQueries({
    queries: portfolios.map((portfolio) => ({
      queryKey: [...portfolioKey(portfolio.id), 'orders', 'latest'],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => (await api.orders.list(portfolio.id, { limit: MOST }, signal)).items,
    })),
  });
  const ready = queries.every((query) => !query.isPending);
  const orders = queries
    .flatMap((query) => query.data ?? [])
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    .slice(0, MOST);
  return (
    <section className="card" aria-labelledby="latest">
      <div className="card-head">
        <h2 id="latest">{t('home.latestOrders')}</h2>
        <PaperBadge />
      </div>
      {!ready ? (
        <LoadingState height={160} />
      ) : orders.length === 0 ? (
        <EmptyState
          title={t('orders.none.final')}
          action={
            <Link className="button small" to="/trade">
              {t('ticket.first')}
            </Link>
          }
        />
      ) : (
        <ul className="home-list">
          {orders.map((order) => (
            <OrderLine key={order.id} order={order} />
          ))}
        </ul>
      )}
    </section>
  );
}

const LOOKS = { filled: 'ok', rejected: 'danger', accepted: 'accent', partiallyFilled: 'accent' } as const;

function OrderLine({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const look = order.status in LOOKS ? LOOKS[order.status as keyof typeof LOOKS] : 'soft';
  return (
    <li>
      <span>
        <Link to="/portfolios/$portfolioId/$view" params={{ portfolioId: order.portfolioId, view: 'orders' }}>
          {t(`ticket.${order.side}`)} {order.quantity === null ? '' : <Quantity value={order.quantity} />} {order.symbol}
        </Link>
        <br />
        <span className="small faint">
          <Age at={order.createdAt} />
        </span>
      </span>
      <Badge look={look}>{t(`orders.status.${order.status}`)}</Badge>
    </li>
  );
}
