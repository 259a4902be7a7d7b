import type { TotpSecret } from '@holdfast/sdk';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';
import { QrCode } from './qr-code.tsx';

interface TotpSetupProps {
  readonly secret: TotpSecret;
  readonly onCancel: () => void;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

/** The secret to scan or type in, and the first code, which proves that it arrived. */
export function TotpSetup({ secret, onCancel, onDone }: TotpSetupProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<{ code: string }>({ defaultValues: { code: '' } });
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) => api.security.confirmTotp(code.trim()),
    onSuccess: ({ recoveryCodes }) => {
      onDone(recoveryCodes);
    },
    onError: (error) => {
      setProblem(takeProblem(error, { fields: ['code'], setError }, t));
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => {
          confirm.mutate(values);
        })(event)
      }
    >
      <FormProblem text={problem} />
      <p>{t('security.scan')}</p>
      <QrCode text={secret.uri} label={t('security.qrLabel')} />
      <p className="small muted">
        {t('security.orType')} <code className="secret-text">{secret.secret}</code>
      </p>
      <TextField
        label={t('security.firstCode')}
        autoComplete="one-time-code"
        inputMode="numeric"
        autoFocus
        problem={formState.errors.code?.message}
        {...register('code', { required: t('form.required') })}
      />
      <div className="actions row end">
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={confirm.isPending}>
          {t('security.turnOn')}
        </Button>
      </div>
    </form>
  );
}
