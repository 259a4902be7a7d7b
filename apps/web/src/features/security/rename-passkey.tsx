import type { Passkey } from '@holdfast/sdk';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';

interface RenamePasskeyProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

export function RenamePasskey({ passkey, onClose, onDone }: RenamePasskeyProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(passkey.name);
  const rename = useMutation({ mutationFn: () => api.security.renamePasskey(passkey.id, name.trim()), onSuccess: onDone });
  return (
    <Dialog open onClose={onClose} title={t('security.rename')}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') rename.mutate();
        }}
      >
        <FormProblem text={rename.error === null ? null : describeError(rename.error, t).detail} />
        <TextField
          label={t('security.passkeyName')}
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <div className="actions row end">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" look="primary" disabled={name.trim() === ''} busy={rename.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
