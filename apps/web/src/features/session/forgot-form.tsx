import { isApiError } from '@holdfast/sdk';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';
import { Notice } from '../../ui/states.tsx';

/** Asks for the link. What is said afterwards is the same for an address without an account. */
export function ForgotForm() {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<{ email: string }>({ defaultValues: { email: '' } });
  const ask = useMutation({
    mutationFn: ({ email }: { email: string }) => api.security.forgetPassword(email.trim()),
    onError: (error) => {
      if (isApiError(error) && error.status === 503) setProblem(t('auth.noMail'));
      else setProblem(takeProblem(error, { fields: ['email'], setError }, t));
    },
  });
  if (ask.isSuccess) {
    return (
      <div role="status">
        <Notice>{t('auth.forgotDone')}</Notice>
      </div>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => {
          ask.mutate(values);
        })(event)
      }
    >
      <FormProblem text={problem} />
      <TextField
        label={t('auth.email')}
        type="email"
        autoComplete="email"
        problem={formState.errors.email?.message}
        {...register('email', { required: t('form.required') })}
      />
      <Button type="submit" look="primary" size="large" busy={ask.isPending}>
        {t('auth.sendLink')}
      </Button>
    </form>
  );
}
