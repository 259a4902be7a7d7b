import type { Order } from '@holdfast/sdk';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Missing, Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { FillsButton, OpenOrderActions } from './order-actions.tsx';
import type { useCancelOrder } from './use-cancel-order.ts';

export function openColumns(t: Translate, cancel: ReturnType<typeof useCancelOrder>): Column<Order>[] {
  return [
    ...firstColumns(t),
    {
      id: 'limit',
      header: t('conditional.waitsFor'),
      end: true,
      sortable: true,
      cell: (order) => <WaitsFor order={order} />,
    },
    { id: 'force', header: t('orders.holds'), wideOnly: true, cell: (order) => t(`ticket.forces.${order.timeInForce}`) },
    { id: 'status', header: t('orders.statusTitle'), wideOnly: true, cell: (order) => <StatusBadge order={order} /> },
    {
      id: 'action',
      header: t('table.actions'),
      end: true,
      cell: (order) => <OpenOrderActions order={order} cancel={cancel} />,
    },
  ];
}

export function finalColumns(t: Translate): Column<Order>[] {
  return [
    ...firstColumns(t),
    {
      id: 'price',
      header: t('orders.fillPrice'),
      method: t('method.order.fillPrice'),
      end: true,
      sortable: true,
      cell: (order) => (
        <div className="cell-stack">
          <FillPrice order={order} />
          <span className="only-phone small faint">
            <Moment at={order.updatedAt} />
          </span>
        </div>
      ),
    },
    {
      id: 'fees',
      header: t('orders.fees'),
      method: t('method.order.fees'),
      end: true,
      wideOnly: true,
      sortable: true,
      cell: (order) => <Money value={order.fees} currency={order.currency} />,
    },
    { id: 'status', header: t('orders.statusTitle'), wideOnly: true, sortable: true, cell: (order) => <StatusBadge order={order} /> },
    { id: 'when', header: t('orders.when'), end: true, wideOnly: true, sortable: true, cell: (order) => <Moment at={order.updatedAt} /> },
    {
      id: 'fills',
      header: t('conditional.details'),
      end: true,
      wideOnly: true,
      cell: (order) => (order.fills.length === 0 ? null : <FillsButton order={order} />),
    },
  ];
}

function firstColumns(t: Translate): Column<Order>[] {
  return [
    { id: 'symbol', header: t('orders.order'), sortable: true, cell: (order) => <OrderCell order={order} /> },
    {
      id: 'quantity',
      header: t('orders.quantity'),
      method: t('method.order.quantity'),
      end: true,
      wideOnly: true,
      sortable: true,
      cell: (order) => <Progress order={order} />,
    },
  ];
}

/** The stop until it is reached, then the limit; a market order waits for what the market gives. */
function WaitsFor({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { stopPrice, limitPrice, triggeredAt, currency } = order;
  const stops = stopPrice !== null && triggeredAt === undefined;
  if (!stops && limitPrice === null) return t('orders.market');
  return (
    <span>
      <span className="small faint">{stops ? t('conditional.stopPrice') : t('orders.limit')}</span>{' '}
      <Price value={stops ? stopPrice : limitPrice} currency={currency} />
    </span>
  );
}

function FillPrice({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  if (order.averageFillPrice === null) {
    return (
      <>
        <span className="only-phone">
          <StatusBadge order={order} />
        </span>
        <span className="not-phone">
          <Missing reason={t(`orders.status.${order.status}`)} />
        </span>
      </>
    );
  }
  return (
    <span>
      <Price value={order.averageFillPrice} currency={order.currency} /> <span className="small faint">{order.currency}</span>
    </span>
  );
}

function OrderCell({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  return <SymbolCell symbol={order.symbol} name={`${t(`ticket.${order.side}`)} · ${t(`ticket.types.${order.type}.name`)}`} />;
}

/** "3 of 10" while it is not whole. */
function Progress({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  if (order.filledQuantity === order.quantity) return <Quantity value={order.quantity} />;
  return (
    <>
      <Quantity value={order.filledQuantity} /> {t('orders.of')} <Quantity value={order.quantity} />
    </>
  );
}

const LOOKS: Record<Order['status'], BadgeLook> = {
  accepted: 'plain',
  partiallyFilled: 'accent',
  filled: 'ok',
  canceled: 'soft',
  replaced: 'soft',
  expired: 'soft',
  rejected: 'danger',
};

function StatusBadge({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  return <Badge look={LOOKS[order.status]}>{t(`orders.status.${order.status}`)}</Badge>;
}
