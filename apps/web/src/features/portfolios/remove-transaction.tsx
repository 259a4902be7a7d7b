import type { NewTransaction, Portfolio, Transaction } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, newKey } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconButton } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';

/** Takes a transaction of a tracked portfolio back at once; Undo records it again. */
export function RemoveTransaction({ portfolio, transaction }: { readonly portfolio: Portfolio; readonly transaction: Transaction }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: portfolioKey(portfolio.id) });
    await client.invalidateQueries({ queryKey: portfoliosKey });
  };
  const fail = (error: unknown): void => {
    showToast({ look: 'danger', text: describeError(error, t).detail });
  };
  const again = asNew(transaction);
  const remove = useMutation({
    mutationFn: () => api.portfolios.removeTransaction(portfolio.id, transaction.id),
    onError: fail,
    onSuccess: async () => {
      const undo = (): void => {
        if (again !== null) api.portfolios.addTransaction(portfolio.id, again, newKey()).then(refresh, fail);
      };
      const action = again === null ? {} : { action: { label: t('action.undo'), run: undo } };
      showToast({ look: 'ok', text: t('transactions.removed'), ...action });
      await refresh();
    },
  });
  return (
    <IconButton
      icon="trash"
      label={t('transactions.remove', { what: [t(`transactionType.${transaction.type}`), transaction.symbol].filter(Boolean).join(' ') })}
      onClick={() => {
        if (!remove.isPending) remove.mutate();
      }}
    />
  );
}

/** The same facts as a new transaction; null for kinds that cannot be recorded by hand. */
function asNew(known: Transaction): NewTransaction | null {
  const { type, symbol, quantity, price, amount, currency, fee, tax, tradedAt, note } = known;
  const shared = { tradedAt, ...(note === null ? {} : { note }) };
  if ((type === 'buy' || type === 'sell') && symbol !== null && quantity !== null && price !== null) {
    return { type, symbol, quantity, price, fee, tax, ...shared };
  }
  const whose = symbol === null ? {} : { symbol };
  if (type === 'split' && symbol !== null && known.newShares !== undefined && known.oldShares !== undefined) {
    return { type, symbol, newShares: known.newShares, oldShares: known.oldShares, ...shared };
  }
  if (type === 'deposit' || type === 'withdrawal' || type === 'fee' || type === 'tax')
    return { type, amount, currency, ...whose, ...shared };
  return type === 'dividend' || type === 'interest' ? { type, amount, currency, fee, tax, ...whose, ...shared } : null;
}
