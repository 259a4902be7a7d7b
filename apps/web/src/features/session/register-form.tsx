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

interface Values {
  readonly email: string;
  readonly password: string;
  readonly username: string;
}

const EMAIL = /^[^@\s]{1,64}@[^@\s]{1,255}$/;
const USERNAME = /^$|^[A-Za-z0-9][A-Za-z0-9._-]{1,31}$/;

export function RegisterForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<Values>({ defaultValues: { email: '', password: '', username: '' } });
  const open = useMutation({
    mutationFn: ({ email, password, username }: Values) =>
      api.accounts.register(
        username.trim() === '' ? { email: email.trim(), password } : { email: email.trim(), password, username: username.trim() },
      ),
    onSuccess: ({ user }) => {
      client.clear();
      client.setQueryData(meQuery.queryKey, user);
      onDone();
    },
    onError: (error) => {
      setProblem(takeProblem(error, { fields: ['email', 'password', 'username'], setError }, t));
    },
  });
  const { errors } = formState;
  return (
    <form
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => {
          open.mutate(values);
        })(event)
      }
    >
      <FormProblem text={problem} />
      <TextField
        label={t('auth.email')}
        type="email"
        autoComplete="email"
        problem={errors.email?.message}
        {...register('email', { required: t('form.required'), pattern: { value: EMAIL, message: t('auth.emailShape') } })}
      />
      <PasswordField
        label={t('auth.password')}
        autoComplete="new-password"
        hint={t('auth.passwordHint')}
        problem={errors.password?.message}
        {...register('password', {
          required: t('form.required'),
          minLength: { value: 8, message: t('auth.passwordShort') },
          maxLength: { value: 128, message: t('auth.passwordLong') },
        })}
      />
      <TextField
        label={t('auth.username')}
        optional={t('form.optional')}
        autoComplete="nickname"
        autoCapitalize="none"
        hint={t('auth.usernameHint')}
        problem={errors.username?.message}
        {...register('username', { pattern: { value: USERNAME, message: t('auth.usernameShape') } })}
      />
      <Button type="submit" look="primary" size="large" busy={open.isPending}>
        {t('auth.register')}
      </Button>
    </form>
  );
}
