import type { Order } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { formatPrice, formatQuantity } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCancelOrder } from './use-cancel-order.ts';

/** Says what became of an order, in the server's word: resting orders can be cancelled from the same line. */
export function useOrderToast(): (order: Order) => void {
  const { t } = useTranslation();
  const { style, hidden } = useFigureStyle();
  const cancel = useCancelOrder();
  return (order) => {
    const { symbol } = order;
    const quantity = hidden ? '•••' : formatQuantity(order.filledQuantity, style);
    if (order.status === 'filled' && order.averageFillPrice !== null) {
      const price = `${formatPrice(order.averageFillPrice, style)} ${order.currency}`;
      showToast({ look: 'ok', text: t(`orders.filledToast.${order.side}`, { quantity, symbol, price }) });
    } else if (order.status === 'accepted' || order.status === 'partiallyFilled') {
      const run = (): void => {
        cancel.mutate(order);
      };
      showToast({ look: 'ok', text: t('orders.restingToast', { symbol }), action: { label: t('orders.cancel'), run } });
    } else showToast({ look: 'plain', text: t('orders.otherToast', { symbol, status: t(`orders.status.${order.status}`) }) });
  };
}
