import { isApiError } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { meQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { PasswordField } from '../../ui/forms/password-field.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';

/** A new password with the token of the mail. */
export function ResetForm({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<{ password: string }>({ defaultValues: { password: '' } });
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) => api.security.resetPassword({ token, password }),
    onSuccess: () => {
      // Whoever was signed in here is not any more.
      client.clear();
      client.setQueryData(meQuery.queryKey, null);
      onDone();
    },
    onError: (error) => {
      if (isApiError(error) && error.code === 'invalid_token') setProblem(t('auth.linkEnded'));
      else setProblem(takeProblem(error, { fields: ['password'], setError }, t));
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => {
          reset.mutate(values);
        })(event)
      }
    >
      <FormProblem text={problem} />
      <PasswordField
        label={t('auth.newPassword')}
        autoComplete="new-password"
        hint={t('auth.passwordHint')}
        problem={formState.errors.password?.message}
        {...register('password', {
          required: t('form.required'),
          minLength: { value: 8, message: t('auth.passwordShort') },
          maxLength: { value: 128, message: t('auth.passwordLong') },
        })}
      />
      <Button type="submit" look="primary" size="large" busy={reset.isPending}>
        {t('auth.setPassword')}
      </Button>
    </form>
  );
}
