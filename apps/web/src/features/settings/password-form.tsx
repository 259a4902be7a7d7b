import { isApiError, type PasswordChange } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { sessionsQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { PasswordField } from '../../ui/forms/password-field.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';
import { showToast } from '../../ui/toast.tsx';

export function PasswordForm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, reset, formState } = useForm<PasswordChange>({
    defaultValues: { currentPassword: '', newPassword: '' },
  });
  const change = useMutation({
    mutationFn: (values: PasswordChange) => api.accounts.changePassword(values),
    onSuccess: async () => {
      reset();
      setProblem(null);
      showToast({ look: 'ok', text: t('settings.passwordDone') });
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
    onError: (error) => {
      if (isApiError(error) && error.code === 'invalid_credentials')
        setError('currentPassword', { message: t('settings.wrongPassword') }, { shouldFocus: true });
      else setProblem(takeProblem(error, { fields: ['currentPassword', 'newPassword'], setError }, t));
    },
  });
  return (
    <form
      className="card"
      noValidate
      aria-labelledby="password"
      onSubmit={(event) =>
        void handleSubmit((values) => {
          change.mutate(values);
        })(event)
      }
    >
      <h2 id="password">{t('settings.password')}</h2>
      <p className="muted">{t('settings.passwordText')}</p>
      <FormProblem text={problem} />
      <PasswordField
        label={t('settings.currentPassword')}
        autoComplete="current-password"
        problem={formState.errors.currentPassword?.message}
        {...register('currentPassword', { required: t('form.required') })}
      />
      <PasswordField
        label={t('settings.newPassword')}
        autoComplete="new-password"
        hint={t('auth.passwordHint')}
        problem={formState.errors.newPassword?.message}
        {...register('newPassword', { required: t('form.required'), minLength: { value: 8, message: t('auth.passwordShort') } })}
      />
      <div className="row end">
        <Button type="submit" look="primary" busy={change.isPending}>
          {t('settings.changePassword')}
        </Button>
      </div>
    </form>
  );
}
