import { isApiError, type SignedIn } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { meQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { PasswordField } from '../../ui/forms/password-field.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';
import { PasskeyButton } from './passkey-button.tsx';

interface Values {
  readonly email: string;
  readonly password: string;
  readonly code: string;
}

/** Signs in; asks for the second factor only when the server says that the account has one. */
export function LoginForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const { register, handleSubmit, setError, formState } = useForm<Values>({ defaultValues: { email: '', password: '', code: '' } });
  const enter = ({ user }: SignedIn): void => {
    client.clear();
    client.setQueryData(meQuery.queryKey, user);
    onDone();
  };
  const login = useMutation({
    mutationFn: ({ email, password, code }: Values): Promise<SignedIn> =>
      api.accounts.login(code === '' ? { email: email.trim(), password } : { email: email.trim(), password, code }),
    onSuccess: enter,
    onError: (error) => {
      if (isApiError(error) && error.code === 'second_factor_required') {
        setNeedsCode(true);
        setProblem(null);
      } else if (isApiError(error) && error.code === 'invalid_credentials') {
        const isCode = error.problem.errors?.some(({ path }) => path === 'code') === true;
        setProblem(isCode ? t('auth.wrongCode') : t('auth.wrongCredentials'));
      } else setProblem(takeProblem(error, { fields: ['email', 'password', 'code'], setError }, t));
    },
  });
  const required = { required: t('form.required') };
  return (
    <form
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => {
          login.mutate(values);
        })(event)
      }
    >
      <FormProblem text={problem} />
      <TextField
        label={t('auth.emailOrName')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        problem={formState.errors.email?.message}
        {...register('email', required)}
      />
      <PasswordField
        label={t('auth.password')}
        autoComplete="current-password"
        problem={formState.errors.password?.message}
        {...register('password', required)}
      />
      {needsCode && (
        <TextField
          label={t('auth.code')}
          hint={t('auth.codeHint')}
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          problem={formState.errors.code?.message}
          {...register('code', required)}
        />
      )}
      <Button type="submit" look="primary" size="large" busy={login.isPending}>
        {t('auth.signIn')}
      </Button>
      <PasskeyButton onDone={enter} onProblem={setProblem} />
    </form>
  );
}
