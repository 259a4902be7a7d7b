import { startRegistration } from '@simplewebauthn/browser';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { isApiError } from '@holdfast/sdk';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { PasswordField } from '../../ui/forms/password-field.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';
import { showToast } from '../../ui/toast.tsx';

interface AddPasskeyProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

interface Values {
  readonly name: string;
  readonly password: string;
}

export function AddPasskey({ open, onClose, onDone }: AddPasskeyProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onClose={onClose} title={t('security.addPasskey')}>
      <AddForm onClose={onClose} onDone={onDone} />
    </Dialog>
  );
}

function AddForm({ onClose, onDone }: Omit<AddPasskeyProps, 'open'>) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<Values>({ defaultValues: { name: '', password: '' } });
  const add = async ({ name, password }: Values): Promise<void> => {
    setProblem(null);
    try {
      const options = await api.security.startPasskey(password);
      const made = await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON });
      await api.security.addPasskey({ name: name.trim(), credential: made });
      showToast({ look: 'ok', text: t('security.passkeyAdded') });
      await onDone();
    } catch (error) {
      // What is no answer of the server came from the browser: cancelled, timed out, or known to this device.
      if (isApiError(error)) setProblem(takeProblem(error, { fields: ['name', 'password'], setError }, t));
      else setProblem(t('security.passkeyFailed'));
    }
  };
  return (
    <form className="stack" noValidate onSubmit={(event) => void handleSubmit(add)(event)}>
      <FormProblem text={problem} />
      <p>{t('security.addPasskeyText')}</p>
      <TextField
        label={t('security.passkeyName')}
        hint={t('security.passkeyNameHint')}
        maxLength={100}
        autoComplete="off"
        problem={formState.errors.name?.message}
        {...register('name', { required: t('form.required') })}
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
          {t('security.addPasskey')}
        </Button>
      </div>
    </form>
  );
}
