import type { Document } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { documentsKey } from './document-queries.ts';

/** For good, with every version: the name is typed first. */
export function RemoveDocument({ document, onGone }: { readonly document: Document; readonly onGone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => api.documents.remove(document.id),
    onSuccess: async () => {
      onGone();
      showToast({ look: 'ok', text: t('documents.removed', { name: document.name }) });
      await client.invalidateQueries({ queryKey: documentsKey });
    },
  });
  if (!open)
    return (
      <div className="row end">
        <Button
          look="plain"
          icon="trash"
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('documents.remove')}
        </Button>
      </div>
    );
  const ready = typed.trim() === document.name.trim();
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) remove.mutate();
      }}
    >
      <FormProblem text={remove.error === null ? null : describeError(remove.error, t).detail} />
      <p>{t('documents.removeText')}</p>
      <TextField
        label={t('documents.typeName', { name: document.name })}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      <div className="row end">
        <Button
          onClick={() => {
            setOpen(false);
          }}
        >
          {t('action.cancel')}
        </Button>
        <Button type="submit" look="danger" disabled={!ready} busy={remove.isPending}>
          {t('documents.removeForGood')}
        </Button>
      </div>
    </form>
  );
}
