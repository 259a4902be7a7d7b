import type { Portfolio } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { isDecimalText } from '../../ui/figures/decimal-text.ts';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';

interface ResetDialogProps {
  readonly portfolio: Portfolio;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** One of the few questions asked before an act, since a reset cannot be undone: the name must be typed. */
export function ResetDialog({ portfolio, open, onClose }: ResetDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onClose={onClose} title={t('portfolio.resetTitle', { name: portfolio.name })}>
      <ResetForm portfolio={portfolio} onClose={onClose} />
    </Dialog>
  );
}

function ResetForm({ portfolio, onClose }: Omit<ResetDialogProps, 'open'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [cash, setCash] = useState('100000');
  const [key] = useState(newKey);
  const reset = useMutation({
    mutationFn: () => api.portfolios.reset(portfolio.id, { startingCash: cash }, key),
    onSuccess: async () => {
      onClose();
      showToast({ look: 'ok', text: t('portfolio.resetDone', { name: portfolio.name }) });
      await client.invalidateQueries({ queryKey: portfolioKey(portfolio.id) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
  });
  const ready = typed.trim() === portfolio.name.trim() && isDecimalText(cash) && !cash.startsWith('-');
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) reset.mutate();
      }}
    >
      <FormProblem text={reset.error === null ? null : describeError(reset.error, t).detail} />
      <p>{t('portfolio.resetText')}</p>
      <DecimalField label={t('portfolio.startingCash')} suffix={portfolio.baseCurrency} value={cash} onChange={setCash} />
      <TextField
        label={t('portfolio.typeName', { name: portfolio.name })}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      <div className="actions row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look="danger" disabled={!ready} busy={reset.isPending}>
          {t('portfolio.resetButton')}
        </Button>
      </div>
    </form>
  );
}
