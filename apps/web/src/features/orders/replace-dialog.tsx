import { isApiError, type Order, type OrderChange } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { changeable, type ChangeField } from './changeable.ts';
import { isPositive } from './order-draft.ts';

interface ReplaceDialogProps {
  readonly order: Order;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Changes an open order: a new one takes its place, or the old one stands as it was. */
export function ReplaceDialog({ order, open, onClose }: ReplaceDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onClose={onClose} title={t('conditional.changeTitle', { symbol: order.symbol })}>
      <ReplaceForm order={order} onClose={onClose} />
    </Dialog>
  );
}

function ReplaceForm({ order, onClose }: Omit<ReplaceDialogProps, 'open'>) {
  const { t } = useTranslation();
  const [before] = useState(() => changeable(order));
  const [values, setValues] = useState(before);
  const [key] = useState(newKey);
  const replace = useReplaceOrder(order, onClose);
  const fields = Object.keys(before) as ChangeField[];
  const changed = fields.filter((field) => values[field] !== before[field]);
  const ready = changed.length > 0 && changed.every((field) => isPositive(values[field] ?? ''));
  const labels = {
    quantity: t('conditional.left'),
    limitPrice: t('ticket.limitPrice'),
    stopPrice: t('conditional.stopPrice'),
    trailAmount: t('conditional.trail'),
    trailPercent: t('conditional.trail'),
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) replace.mutate({ ...Object.fromEntries(changed.map((field) => [field, values[field]])), clientOrderId: key });
      }}
    >
      <FormProblem text={replace.error === null ? null : describeError(replace.error, t).detail} />
      <p className="muted">{t('conditional.changeText')}</p>
      {fields.map((field) => (
        <DecimalField
          key={field}
          label={labels[field]}
          suffix={field === 'quantity' ? undefined : field === 'trailPercent' ? '%' : order.currency}
          value={values[field] ?? ''}
          problem={isPositive(values[field] ?? '') ? undefined : t('form.amount')}
          onChange={(typed) => {
            setValues({ ...values, [field]: typed });
          }}
        />
      ))}
      <div className="actions row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" disabled={!ready} busy={replace.isPending}>
          {t('conditional.change')}
        </Button>
      </div>
    </form>
  );
}

function useReplaceOrder(order: Order, onClose: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { symbol, portfolioId } = order;
  return useMutation({
    mutationFn: (change: OrderChange) => api.orders.replace(portfolioId, order.id, change),
    onSuccess: () => {
      onClose();
      showToast({ look: 'ok', text: t('conditional.changed', { symbol }) });
    },
    onError: (error) => {
      if (!isApiError(error) || error.code !== 'order_final') return;
      onClose();
      showToast({ look: 'danger', text: t('conditional.changeTooLate', { symbol }) });
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: portfolioKey(portfolioId) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
  });
}
