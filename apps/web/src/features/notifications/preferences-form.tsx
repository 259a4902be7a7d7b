import type { NotificationChoices, NotificationPreferences } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CHANNELS, NOTIFICATION_KINDS } from './notification-kinds.ts';
import { notificationPreferencesQuery } from './notification-queries.ts';
import './notifications.css';

interface PartProps {
  readonly choices: NotificationChoices;
  readonly onChange: (choices: NotificationChoices) => void;
}

const USUAL_QUIET_HOURS = { from: '22:00', to: '07:00' };

/** Which kinds go where, and when; kept together. */
export function PreferencesForm({ preferences }: { readonly preferences: NotificationPreferences }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { isMailOn, pushPublicKey, ...kept } = preferences;
  const [choices, setChoices] = useState<NotificationChoices>(kept);
  const save = useMutation({
    mutationFn: () => api.notifications.choose(choices),
    onSuccess: (changed) => {
      client.setQueryData(notificationPreferencesQuery.queryKey, changed);
      showToast({ look: 'ok', text: t('state.saved') });
    },
  });
  return (
    <form
      className="card"
      noValidate
      aria-labelledby="notification-matrix"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2 id="notification-matrix">{t('notifications.matrix')}</h2>
      <p className="muted">{t('notifications.matrixText')}</p>
      {!isMailOn && <Notice look="warn">{t('notifications.mailOff')}</Notice>}
      <Matrix choices={choices} onChange={setChoices} />
      <h3>{t('notifications.timing')}</h3>
      <Timing choices={choices} onChange={setChoices} />
      <QuietHours choices={choices} onChange={setChoices} />
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      <div className="row end">
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

function Matrix({ choices, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={t('notifications.matrix')}>
      <table className="table switch-table">
        <caption className="sr-only">{t('notifications.matrix')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('notifications.kindTitle')}</th>
            {CHANNELS.map((channel) => (
              <th scope="col" key={channel}>
                {t(`notifications.channel.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NOTIFICATION_KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`notifications.kind.${kind}`)}</th>
              {CHANNELS.map((channel) => (
                <td key={channel}>
                  <input
                    type="checkbox"
                    aria-label={`${t(`notifications.kind.${kind}`)}: ${t(`notifications.channel.${channel}`)}`}
                    checked={choices.channels[kind][channel]}
                    disabled={kind === 'security' && channel === 'inApp'}
                    onChange={(event) => {
                      const changed = { ...choices.channels[kind], [channel]: event.target.checked };
                      onChange({ ...choices, channels: { ...choices.channels, [kind]: changed } });
                    }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Timing({ choices, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className="columns">
      <div className="half">
        <SelectField
          label={t('notifications.emailTiming')}
          value={choices.emailTiming}
          onChange={(event) => {
            onChange({ ...choices, emailTiming: event.target.value === 'daily' ? 'daily' : 'immediately' });
          }}
        >
          <option value="immediately">{t('notifications.immediately')}</option>
          <option value="daily">{t('notifications.daily')}</option>
        </SelectField>
      </div>
      {choices.emailTiming === 'daily' && (
        <div className="half">
          <TextField
            label={t('notifications.digestAt')}
            type="time"
            required
            value={choices.digestAt}
            onChange={(event) => {
              onChange({ ...choices, digestAt: event.target.value });
            }}
          />
        </div>
      )}
    </div>
  );
}

function QuietHours({ choices, onChange }: PartProps) {
  const { t } = useTranslation();
  const { quietHours } = choices;
  return (
    <>
      <label className="row tight">
        <input
          type="checkbox"
          checked={quietHours !== null}
          onChange={(event) => {
            onChange({ ...choices, quietHours: event.target.checked ? USUAL_QUIET_HOURS : null });
          }}
        />
        <span>{t('notifications.quietOn')}</span>
      </label>
      <p className="muted small">{t('notifications.quietText')}</p>
      {quietHours !== null && (
        <div className="columns" role="group" aria-label={t('notifications.quiet')}>
          {(['from', 'to'] as const).map((end) => (
            <div className="half" key={end}>
              <TextField
                label={t(end === 'from' ? 'notifications.quietFrom' : 'notifications.quietTo')}
                type="time"
                required
                value={quietHours[end]}
                onChange={(event) => {
                  onChange({ ...choices, quietHours: { ...quietHours, [end]: event.target.value } });
                }}
              />
            </div>
          ))}
        </div>
      )}
    </>
  );
}
