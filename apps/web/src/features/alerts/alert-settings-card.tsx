import type { AlertSettings } from '@holdfast/sdk';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { alertsKey } from './alert-queries.ts';

const alertSettingsQuery = queryOptions({
  queryKey: [...alertsKey, 'settings'],
  queryFn: ({ signal }) => api.alerts.settings(signal),
});

/** What a significant market move is, for alerts that do not say. */
export function AlertSettingsCard() {
  const { t } = useTranslation();
  const query = useQuery(alertSettingsQuery);
  return (
    <section className="card" aria-labelledby="market-move">
      <div className="card-head">
        <h2 id="market-move">{t('alerts.moveTitle')}</h2>
      </div>
      <p className="muted">{t('alerts.moveText')}</p>
      <Loaded query={query} height={96}>
        {(settings) => <SettingsForm settings={settings} />}
      </Loaded>
    </section>
  );
}

function SettingsForm({ settings }: { readonly settings: AlertSettings }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const save = useMutation({
    mutationFn: () => api.alerts.changeSettings(draft),
    onSuccess: (saved) => {
      client.setQueryData(alertSettingsQuery.queryKey, saved);
      showToast({ look: 'ok', text: t('state.saved') });
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      <div className="row">
        <DecimalField
          label={t('alerts.movePercent')}
          suffix="%"
          value={draft.marketMovePercent}
          onChange={(marketMovePercent) => {
            setDraft({ ...draft, marketMovePercent });
          }}
        />
        <DecimalField
          label={t('alerts.moveSigmas')}
          value={draft.marketMoveSigmas}
          onChange={(marketMoveSigmas) => {
            setDraft({ ...draft, marketMoveSigmas });
          }}
        />
      </div>
      <div className="row end">
        <Button type="submit" busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
