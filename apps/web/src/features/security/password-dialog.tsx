import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { PasswordField } from '../../ui/forms/password-field.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';

interface PasswordDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly danger?: boolean;
  readonly onClose: () => void;
  /** What is done with the password; the dialog stays open and says why when it fails. */
  readonly onConfirm: (password: string) => Promise<void>;
}

/** Asks for the password once more, before something changes how one signs in. */
export function PasswordDialog({ open, onClose, title, ...form }: PasswordDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <PasswordForm onClose={onClose} {...form} />
    </Dialog>
  );
}

function PasswordForm({ text, button, danger = false, onClose, onConfirm }: Omit<PasswordDialogProps, 'open' | 'title'>) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<{ password: string }>({ defaultValues: { password: '' } });
  const confirm = async ({ password }: { password: string }): Promise<void> => {
    try {
      await onConfirm(password);
    } catch (error) {
      setProblem(takeProblem(error, { fields: ['password'], setError }, t));
    }
  };
  return (
    <form className="stack" noValidate onSubmit={(event) => void handleSubmit(confirm)(event)}>
      <FormProblem text={problem} />
      <p>{text}</p>
      <PasswordField
        label={t('settings.currentPassword')}
        autoComplete="current-password"
        problem={formState.errors.password?.message}
        {...register('password', { required: t('form.required') })}
      />
      <div className="actions row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look={danger ? 'danger' : 'primary'} busy={formState.isSubmitting}>
          {button}
        </Button>
      </div>
    </form>
  );
}
