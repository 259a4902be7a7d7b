import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.tsx';

/** Cancels every open order of a portfolio. It cannot be taken back, so it is asked once. */
export function CancelAll({ portfolioId }: { readonly portfolioId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
  };
  const cancel = useMutation({
    mutationFn: () => api.orders.cancelAll(portfolioId),
    onSuccess: ({ canceled }) => {
      showToast({ look: 'ok', text: t('conditional.canceledAll', { count: canceled }) });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
    onSettled: async () => {
      close();
      await client.invalidateQueries({ queryKey: portfolioKey(portfolioId) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
  });
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('conditional.cancelAll')}
      </Button>
      <Dialog open={asking} onClose={close} title={t('conditional.cancelAllTitle')}>
        <p>{t('conditional.cancelAllText')}</p>
        <div className="actions row end">
          <Button onClick={close}>{t('conditional.cancelAllKeep')}</Button>
          <Button
            look="danger"
            busy={cancel.isPending}
            onClick={() => {
              cancel.mutate();
            }}
          >
            {t('conditional.cancelAll')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
