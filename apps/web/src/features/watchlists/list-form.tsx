import type { NewWatchlist, Watchlist } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { watchlistsKey } from './watchlist-queries.ts';

interface ListFormProps {
  /** Left out for a new list. */
  readonly list?: Watchlist;
  readonly onDone: (list: Watchlist) => void;
}

/** Name and note of a watchlist, new or not. */
export function ListForm({ list, onDone }: ListFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(list?.name ?? '');
  const [note, setNote] = useState(list?.note ?? '');
  const [key] = useState(newKey);
  const save = useMutation({
    mutationFn: (values: NewWatchlist) =>
      list === undefined ? api.watchlists.create(values, key) : api.watchlists.change(list.id, { name: values.name, note }),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: watchlistsKey });
      onDone(saved);
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') save.mutate({ name, note });
      }}
    >
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      <TextField
        label={t('watch.name')}
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label={t('watch.note')}
        maxLength={2000}
        autoComplete="off"
        value={note}
        onChange={(event) => {
          setNote(event.target.value);
        }}
      />
      <div className="actions row end">
        <Button type="submit" look="primary" disabled={name.trim() === ''} busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
