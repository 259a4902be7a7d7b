import type { Rebalancing } from '@holdfast/sdk';
import { writeCsv } from '../../ui/files/write-csv.ts';

const HEADER = ['side', 'symbol', 'name', 'quantity', 'price', 'currency', 'value', 'valueCurrency', 'key'];

/** The proposed orders as they stand, sales first, with plain figures. */
export function proposalCsv({ orders, currency }: Rebalancing): string {
  return writeCsv(
    HEADER,
    orders.map((order) => [
      order.side,
      order.symbol,
      order.name,
      order.quantity,
      order.price,
      order.currency,
      order.value,
      currency,
      order.key,
    ]),
  );
}
