import type { Portfolio } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { isDecimalText } from '../../ui/figures/decimal-text.ts';
import { Money } from '../../ui/figures/figures.tsx';
import { formatMoney } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';

interface CashDialogProps {
  readonly portfolio: Portfolio;
  readonly type: 'deposit' | 'withdrawal' | null;
  readonly onClose: () => void;
}

export function CashDialog({ portfolio, type, onClose }: CashDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={type !== null} title={type === null ? '' : t(`cash.${type}Title`, { name: portfolio.name })} onClose={onClose}>
      {type !== null && <CashForm portfolio={portfolio} type={type} onClose={onClose} />}
    </Dialog>
  );
}

function CashForm({ portfolio, type, onClose }: CashDialogProps & { readonly type: 'deposit' | 'withdrawal' }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const client = useQueryClient();
  const [amount, setAmount] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [key] = useState(newKey);
  const currency = portfolio.baseCurrency;
  const cash = portfolio.cash.find((balance) => balance.currency === currency);
  const move = useMutation({
    mutationFn: () => api.portfolios.moveCash(portfolio.id, { type, amount, currency }, key),
    onSuccess: async (receipt) => {
      const shown = formatMoney(receipt.amount, style, { currency: receipt.currency, unit: 'code' });
      showToast({ look: 'ok', text: t(`cash.${type}Done`, { amount: shown, name: portfolio.name }) });
      onClose();
      await client.invalidateQueries({ queryKey: portfolioKey(portfolio.id) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
  });
  const submit = (): void => {
    const meant = isDecimalText(amount) && !amount.startsWith('-') && /[1-9]/.test(amount);
    setProblem(meant ? undefined : t('form.amount'));
    if (meant) move.mutate();
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormProblem text={move.error === null ? null : describeError(move.error, t).detail} />
      <DecimalField label={t('cash.amount')} suffix={currency} value={amount} problem={problem} onChange={setAmount} />
      <p className="fact">
        <span className="muted">{t('cash.available')}</span>
        <Money value={cash?.available ?? '0'} currency={currency} unit="code" />
      </p>
      <div className="actions row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={move.isPending}>
          {t(`cash.${type}`)}
        </Button>
      </div>
    </form>
  );
}
