import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { CHANNELS, COOLDOWNS } from './alert-draft.ts';
import type { DraftFields } from './alert-figure-fields.tsx';

/** How often an alert answers, where, until when, and what else to say. */
export function AlertAnswerFields({ draft, problems, change }: DraftFields) {
  const { t } = useTranslation();
  return (
    <>
      <Segmented
        label={t('alerts.repeatTitle')}
        value={draft.repeat}
        options={(['once', 'recurring'] as const).map((value) => ({ value, label: t(`alerts.repeat.${value}`) }))}
        onChange={(repeat) => {
          change({ repeat });
        }}
        fill
      />
      {draft.repeat === 'recurring' && (
        <SelectField
          label={t('alerts.cooldownTitle')}
          value={String(draft.cooldownSeconds)}
          onChange={(event) => {
            change({ cooldownSeconds: Number(event.target.value) });
          }}
        >
          {[...new Set([...COOLDOWNS, draft.cooldownSeconds])].map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? t('alerts.cooldown.none') : cooldownText(seconds, t)}
            </option>
          ))}
        </SelectField>
      )}
      <fieldset className="choices">
        <legend>{t('alerts.channelsTitle')}</legend>
        {CHANNELS.map((channel) => (
          <label key={channel} className="check">
            <input
              type="checkbox"
              checked={draft.channels.includes(channel)}
              onChange={(event) => {
                const kept = CHANNELS.filter((one) => (one === channel ? event.target.checked : draft.channels.includes(one)));
                change({ channels: kept });
              }}
            />
            <span>{t(`alerts.channel.${channel}`)}</span>
          </label>
        ))}
        {problems.channels === true && <p className="problem">{t('alerts.wrong.channels')}</p>}
      </fieldset>
      <TextField
        label={t('alerts.expiresOn')}
        optional={t('form.optional')}
        type="date"
        value={draft.expiresOn}
        onChange={(event) => {
          change({ expiresOn: event.target.value });
        }}
      />
      <TextField
        label={t('alerts.note')}
        optional={t('form.optional')}
        maxLength={500}
        value={draft.note}
        onChange={(event) => {
          change({ note: event.target.value });
        }}
      />
    </>
  );
}

function cooldownText(seconds: number, t: ReturnType<typeof useTranslation>['t']): string {
  const [unit, size] =
    seconds % 86_400 === 0
      ? (['alerts.days', 86_400] as const)
      : seconds % 3600 === 0
        ? (['alerts.hours', 3600] as const)
        : (['alerts.minutes', 60] as const);
  return t('alerts.cooldown.atMost', { time: t(unit, { count: Math.ceil(seconds / size) }) });
}
