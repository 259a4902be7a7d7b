import type { NotificationKind, WebhookWithSecret } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { NOTIFICATION_KINDS } from './notification-kinds.ts';
import { webhooksQuery } from './notification-queries.ts';

interface Draft {
  readonly url: string;
  readonly description: string;
  /** Null: all of them. */
  readonly kinds: readonly NotificationKind[] | null;
}

/** An address, and which notifications go there. */
export function WebhookForm({ onMade }: { readonly onMade: (made: WebhookWithSecret) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [draft, setDraft] = useState<Draft>({ url: '', description: '', kinds: null });
  const [problem, setProblem] = useState<string | null>(null);
  const create = useMutation({
    mutationFn: () =>
      api.webhooks.create(
        { url: draft.url.trim(), description: draft.description, kinds: draft.kinds === null ? null : [...draft.kinds] },
        key,
      ),
    onSuccess: async (made) => {
      onMade(made);
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
    onError: (error) => {
      setProblem(describeError(error, t).detail);
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.url.trim() === '') setProblem(t('form.required'));
        else if (draft.kinds?.length === 0) setProblem(t('webhooks.chooseKind'));
        else create.mutate();
      }}
    >
      <FormProblem text={problem} />
      <TextField
        label={t('webhooks.url')}
        hint={t('webhooks.urlHint')}
        type="url"
        inputMode="url"
        maxLength={2_000}
        value={draft.url}
        onChange={(event) => {
          setDraft({ ...draft, url: event.target.value });
        }}
      />
      <TextField
        label={t('webhooks.description')}
        optional={t('form.optional')}
        maxLength={200}
        value={draft.description}
        onChange={(event) => {
          setDraft({ ...draft, description: event.target.value });
        }}
      />
      <KindChoices
        kinds={draft.kinds}
        onChange={(kinds) => {
          setDraft({ ...draft, kinds });
        }}
      />
      <div className="row end">
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('webhooks.create')}
        </Button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly kinds: readonly NotificationKind[] | null;
  readonly onChange: (kinds: readonly NotificationKind[] | null) => void;
}

function KindChoices({ kinds, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <>
      <Segmented
        label={t('webhooks.kinds')}
        value={kinds === null ? 'all' : 'some'}
        options={[
          { value: 'all', label: t('webhooks.allKinds') },
          { value: 'some', label: t('webhooks.someKinds') },
        ]}
        onChange={(which) => {
          onChange(which === 'all' ? null : (kinds ?? ['fill', 'alert']));
        }}
      />
      {kinds !== null && (
        <div className="kind-choices" role="group" aria-label={t('webhooks.kinds')}>
          {NOTIFICATION_KINDS.map((kind) => (
            <label className="row tight" key={kind}>
              <input
                type="checkbox"
                checked={kinds.includes(kind)}
                onChange={(event) => {
                  onChange(event.target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind));
                }}
              />
              <span>{t(`notifications.kind.${kind}`)}</span>
            </label>
          ))}
        </div>
      )}
    </>
  );
}
