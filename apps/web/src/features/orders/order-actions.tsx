import type { Order } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { FillsDialog } from './fills-dialog.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import type { useCancelOrder } from './use-cancel-order.ts';

/** What can be done with an open order: change it, cancel it, and see what has filled. */
export function OpenOrderActions({ order, cancel }: { readonly order: Order; readonly cancel: ReturnType<typeof useCancelOrder> }) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  const named = { side: t(`ticket.${order.side}`), quantity: order.quantity, symbol: order.symbol };
  return (
    <div className="row tight end">
      {order.fills.length > 0 && <FillsButton order={order} />}
      <Button
        size="small"
        aria-label={t('conditional.changeNamed', named)}
        onClick={() => {
          setChanging(true);
        }}
      >
        {t('conditional.change')}
      </Button>
      <Button
        size="small"
        busy={cancel.isPending && cancel.variables.id === order.id}
        aria-label={t('orders.cancelNamed', named)}
        onClick={() => {
          cancel.mutate(order);
        }}
      >
        {t('orders.cancel')}
      </Button>
      <ReplaceDialog
        order={order}
        open={changing}
        onClose={() => {
          setChanging(false);
        }}
      />
    </div>
  );
}

/** Opens the list of an order's fills. */
export function FillsButton({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const named = { side: t(`ticket.${order.side}`), quantity: order.filledQuantity, symbol: order.symbol };
  return (
    <>
      <Button
        size="small"
        aria-label={t('conditional.detailsNamed', named)}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('conditional.details')}
      </Button>
      <FillsDialog
        order={order}
        open={open}
        onClose={() => {
          setOpen(false);
        }}
      />
    </>
  );
}
