import type { Order } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Price, Quantity } from '../../ui/figures/figures.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';

interface FillsDialogProps {
  readonly order: Order;
  readonly open: boolean;
  readonly onClose: () => void;
}

type NumberedFill = Order['fills'][number] & { readonly number: number };

/** Each part of an order that traded, in the order of their coming. */
export function FillsDialog({ order, open, onClose }: FillsDialogProps) {
  const { t } = useTranslation();
  const title = t('conditional.detailsTitle', { symbol: order.symbol });
  const columns: Column<NumberedFill>[] = [
    { id: 'at', header: t('conditional.fillAt'), cell: (fill) => <Moment at={fill.at} /> },
    { id: 'quantity', header: t('conditional.fillQuantity'), end: true, cell: (fill) => <Quantity value={fill.quantity} /> },
    { id: 'price', header: t('conditional.fillPrice'), end: true, cell: (fill) => <Price value={fill.price} currency={order.currency} /> },
  ];
  const rows = order.fills.map((fill, number) => ({ ...fill, number }));
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={(fill) => String(fill.number)} />
    </Dialog>
  );
}
