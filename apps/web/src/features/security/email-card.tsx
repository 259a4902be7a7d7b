import type { EmailChange, EmailState } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { PasswordField } from '../../ui/forms/password-field.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';
import { Loaded, Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { describeMailError } from './describe-mail-error.ts';
import { emailQuery } from './security-queries.ts';

/** The address of the account: whether it is proved, and changing it. */
export function EmailCard() {
  const { t } = useTranslation();
  const query = useQuery(emailQuery);
  return (
    <section className="card" aria-labelledby="email">
      <h2 id="email">{t('security.email')}</h2>
      <Loaded query={query} height={64}>
        {(state) => <Address state={state} />}
      </Loaded>
    </section>
  );
}

function Address({ state }: { readonly state: EmailState }) {
  const { t } = useTranslation();
  const [isChanging, setIsChanging] = useState(false);
  const send = useMutation({
    mutationFn: () => api.security.sendVerification(),
    onSuccess: () => {
      showToast({ look: 'ok', text: t('security.mailSent', { email: state.email }) });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeMailError(error, t) });
    },
  });
  return (
    <div className="stack">
      <div className="row between">
        <div className="row tight">
          <span className="strong">{state.email}</span>
          {state.verifiedAt === null ? (
            <Badge look="warn">{t('security.notVerified')}</Badge>
          ) : (
            <Badge look="ok">{t('security.verified')}</Badge>
          )}
        </div>
        <div className="row">
          {state.verifiedAt === null && (
            <Button
              busy={send.isPending}
              onClick={() => {
                send.mutate();
              }}
            >
              {t('security.sendLink')}
            </Button>
          )}
          <Button
            onClick={() => {
              setIsChanging(true);
            }}
          >
            {t('security.changeEmail')}
          </Button>
        </div>
      </div>
      {state.pendingEmail !== null && <Notice>{t('security.pending', { email: state.pendingEmail })}</Notice>}
      <Dialog
        open={isChanging}
        title={t('security.changeEmail')}
        onClose={() => {
          setIsChanging(false);
        }}
      >
        <ChangeForm
          onClose={() => {
            setIsChanging(false);
          }}
        />
      </Dialog>
    </div>
  );
}

function ChangeForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<EmailChange>({ defaultValues: { email: '', password: '' } });
  const change = async ({ email, password }: EmailChange): Promise<void> => {
    try {
      await api.security.changeEmail({ email: email.trim(), password });
      showToast({ look: 'ok', text: t('security.mailSent', { email: email.trim() }) });
      onClose();
      await client.invalidateQueries({ queryKey: emailQuery.queryKey });
    } catch (error) {
      const rest = takeProblem(error, { fields: ['email', 'password'], setError }, t);
      setProblem(rest === null ? null : describeMailError(error, t));
    }
  };
  return (
    <form className="stack" noValidate onSubmit={(event) => void handleSubmit(change)(event)}>
      <FormProblem text={problem} />
      <p>{t('security.changeEmailText')}</p>
      <TextField
        label={t('security.newEmail')}
        type="email"
        autoComplete="email"
        problem={formState.errors.email?.message}
        {...register('email', { required: t('form.required') })}
      />
      <PasswordField
        label={t('settings.currentPassword')}
        autoComplete="current-password"
        problem={formState.errors.password?.message}
        {...register('password', { required: t('form.required') })}
      />
      <div className="actions row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={formState.isSubmitting}>
          {t('security.sendLink')}
        </Button>
      </div>
    </form>
  );
}
