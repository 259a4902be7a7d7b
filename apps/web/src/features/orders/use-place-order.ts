import { isUnanswered, type NewOrder, type Order } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';

export interface OrderIntent {
  readonly portfolioId: string;
  readonly order: NewOrder;
  /** Made once at the review: every try carries it, so that there is one order however often it is sent. */
  readonly key: string;
}

const TRIES = 3;

/** Places an order. A lost answer is asked for again with the same key; only a server that never answers leaves it open. */
export function usePlaceOrder(onPlaced: (order: Order) => void) {
  const client = useQueryClient();
  return useMutation({
    retry: (failures, error) => isUnanswered(error) && failures < TRIES,
    networkMode: 'always',
    mutationFn: ({ portfolioId, order, key }: OrderIntent) => api.orders.place(portfolioId, { ...order, clientOrderId: key }, key),
    onSuccess: async (order, { portfolioId }) => {
      onPlaced(order);
      await client.invalidateQueries({ queryKey: portfolioKey(portfolioId) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
  });
}
