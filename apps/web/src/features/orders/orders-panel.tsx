import type { Order, Portfolio } from '@holdfast/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ordersQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ListTable, type KindChoice } from '../../ui/tables/list-table.tsx';
import type { ListRules } from '../../ui/tables/list-view.ts';
import type { SortValue } from '../../ui/tables/sort-rows.ts';
import { CancelAll } from './cancel-all.tsx';
import { finalColumns, openColumns } from './order-columns.tsx';
import { useCancelOrder } from './use-cancel-order.ts';

interface OrdersPanelProps {
  readonly portfolio: Portfolio;
  readonly kind: 'open' | 'final';
  /** `long` where the list is a part of a page about something else. */
  readonly tools?: 'always' | 'long';
}

const NEWEST = { column: 'when', descending: true };
const FINAL_STATUSES = ['filled', 'canceled', 'expired', 'rejected', 'replaced'] as const satisfies readonly Order['status'][];

/** Orders that can still fill, with a way to cancel each; or those that are over, with what they were filled at. */
export function OrdersPanel({ portfolio, kind, tools = 'always' }: OrdersPanelProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(ordersQuery(portfolio.id, kind));
  const cancel = useCancelOrder();
  const open = kind === 'open';
  const kinds = useKinds(open);
  const orders = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card flush" aria-labelledby={`orders-${kind}`}>
      <div className="card-head">
        <h2 id={`orders-${kind}`}>{t(`orders.${kind}`)}</h2>
        {orders.length > 0 && (
          <span className="small faint">{t(query.hasNextPage ? 'table.shownSoFar' : 'table.shownAll', { count: orders.length })}</span>
        )}
        {open && orders.length > 1 && <CancelAll portfolioId={portfolio.id} />}
      </div>
      <Loaded query={query} height={96}>
        {() =>
          orders.length === 0 ? (
            <EmptyState title={t(`orders.none.${kind}`)} />
          ) : (
            <ListTable
              caption={t(`orders.${kind}`)}
              twoLine
              columns={open ? openColumns(t, cancel) : finalColumns(t)}
              rows={orders}
              rowKey={(order) => order.id}
              rules={open ? OPEN_RULES : FINAL_RULES}
              first={NEWEST}
              searchLabel={t(`orders.search.${kind}`)}
              kinds={kinds}
              tools={tools}
            />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <div className="table-foot">
          <span>{t('orders.older')}</span>
          <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('table.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Open orders are told apart by side, final ones by what became of them. */
function useKinds(open: boolean): KindChoice {
  const { t } = useTranslation();
  if (open) {
    const options = (['buy', 'sell'] as const).map((value) => ({ value, label: t(`ticket.${value}`) }));
    return { label: t('ticket.side'), all: t('orders.allSides'), options };
  }
  const options = FINAL_STATUSES.map((value) => ({ value, label: t(`orders.status.${value}`) }));
  return { label: t('orders.statusTitle'), all: t('orders.allStatuses'), options };
}

const OPEN_RULES: ListRules<Order> = { textOf: (order) => order.symbol, kindOf: (order) => order.side, valueOf };
const FINAL_RULES: ListRules<Order> = { ...OPEN_RULES, kindOf: (order) => order.status };

function valueOf(order: Order, column: string): SortValue {
  if (column === 'symbol') return order.symbol;
  if (column === 'quantity') return approximate(order.quantity);
  if (column === 'status') return order.status;
  if (column === 'when') return order.updatedAt;
  const figure = column === 'limit' ? (order.limitPrice ?? order.stopPrice) : column === 'fees' ? order.fees : order.averageFillPrice;
  return figure === null ? null : approximate(figure);
}
