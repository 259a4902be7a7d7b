import type { WatchlistItem } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { isDecimalText } from '../../ui/figures/decimal-text.ts';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { PlaceButtons } from './place-buttons.tsx';
import { useItemChanges } from './use-item-changes.ts';
import { useMoveItem } from './use-move-item.ts';

interface EditItemProps {
  readonly listId: string;
  readonly item: WatchlistItem | null;
  readonly count: number;
  readonly onClose: () => void;
}

/** Note, target, place and removal of one item. */
export function EditItem({ listId, item, count, onClose }: EditItemProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={item !== null} onClose={onClose} title={item === null ? '' : t('watch.edit', { symbol: item.symbol })}>
      {item !== null && <ItemForm listId={listId} item={item} count={count} onClose={onClose} />}
    </Dialog>
  );
}

function ItemForm({ listId, item, count, onClose }: EditItemProps & { readonly item: WatchlistItem }) {
  const { t } = useTranslation();
  const [note, setNote] = useState(item.note);
  const [target, setTarget] = useState(item.targetPrice ?? '');
  const moving = useMoveItem(listId);
  const badTarget = target !== '' && !(isDecimalText(target) && !target.startsWith('-') && /[1-9]/.test(target));
  const { save, remove } = useItemChanges(listId, item, onClose);
  const problem = save.error ?? remove.error;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!badTarget) save.mutate({ note, targetPrice: target === '' ? null : target });
      }}
    >
      <FormProblem text={problem === null ? null : describeError(problem, t).detail} />
      <DecimalField
        label={t('watch.target')}
        suffix={item.currency}
        hint={t('watch.targetHint')}
        problem={badTarget ? t('watch.badTarget') : undefined}
        value={target}
        onChange={setTarget}
      />
      <TextField
        label={t('watch.note')}
        maxLength={2000}
        value={note}
        onChange={(event) => {
          setNote(event.target.value);
        }}
      />
      <PlaceButtons
        position={item.position}
        count={count}
        onMove={(position) => {
          moving.commit(item.symbol, position);
          onClose();
        }}
      />
      <div className="actions row between">
        <Button
          icon="trash"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate();
          }}
        >
          {t('watch.remove')}
        </Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
