import { isApiError, type Order } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';

/** Cancels an open order. When it was filled meanwhile, that is said instead: of the two exactly one wins. */
export function useCancelOrder() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: Order) => api.orders.cancel(order.portfolioId, order.id),
    onSuccess: (order) => {
      showToast({ look: 'ok', text: t('orders.canceledToast', { symbol: order.symbol }) });
    },
    onError: (error, order) => {
      const final = isApiError(error) && error.code === 'order_final';
      showToast({ look: 'danger', text: final ? t('orders.tooLate', { symbol: order.symbol }) : describeError(error, t).detail });
    },
    onSettled: async (_answer, _error, order) => {
      await client.invalidateQueries({ queryKey: portfolioKey(order.portfolioId) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
  });
}
