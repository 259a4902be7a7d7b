import type { Watchlist } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Notice } from '../../ui/states.tsx';
import { ListForm } from './list-form.tsx';
import { PlanNotice, usePlanRoom } from './plan-notice.tsx';
import { PlaceButtons } from './place-buttons.tsx';
import { useListChanges } from './use-list-changes.ts';

interface ListSettingsProps {
  readonly list: Watchlist;
  /** How many lists there are. */
  readonly count: number;
  readonly onClose: () => void;
  /** Leads to another list, or to the page of all where null. */
  readonly onLeave: (id: string | null) => void;
}

/** Name, note, place, default, copy and deletion of one watchlist. */
export function ListSettings({ list, count, onClose, onLeave }: ListSettingsProps) {
  const { t } = useTranslation();
  const hasRoom = usePlanRoom(count);
  const { change, copy, remove } = useListChanges(list, { onClose, onLeave });
  const problem = change.error ?? copy.error ?? remove.error;
  return (
    <div className="stack">
      <FormProblem text={problem === null ? null : describeError(problem, t).detail} />
      <ListForm list={list} onDone={onClose} />
      {list.isDefault && <Notice>{t('watch.isDefault')}</Notice>}
      <div className="row">
        {!list.isDefault && (
          <Button
            icon="star"
            busy={change.isPending}
            onClick={() => {
              change.mutate({ isDefault: true });
            }}
          >
            {t('watch.makeDefault')}
          </Button>
        )}
        <PlaceButtons
          position={list.position}
          count={count}
          onMove={(position) => {
            change.mutate({ position });
          }}
        />
      </div>
      {!hasRoom && <PlanNotice used={count} />}
      <div className="row between">
        <Button
          icon="trash"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate();
          }}
        >
          {t('watch.delete')}
        </Button>
        <Button
          disabled={!hasRoom}
          busy={copy.isPending}
          onClick={() => {
            copy.mutate();
          }}
        >
          {t('watch.copy')}
        </Button>
      </div>
      <p className="small muted">{t('watch.deleteText')}</p>
    </div>
  );
}
