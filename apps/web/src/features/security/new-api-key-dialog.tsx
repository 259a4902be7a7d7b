import type { ApiKeyScope, NewApiKey } from '@holdfast/sdk';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';

interface NewApiKeyDialogProps {
  readonly open: boolean;
  readonly isAdmin: boolean;
  readonly onClose: () => void;
  readonly onMade: (key: NewApiKey) => void;
}

interface Values {
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly life: Life;
}

const DAY_MS = 86_400_000;
const LIVES = ['month', 'quarter', 'year', 'unlimited'] as const;
type Life = (typeof LIVES)[number];
const DAYS: Readonly<Record<Exclude<Life, 'unlimited'>, number>> = { month: 30, quarter: 90, year: 365 };

export function NewApiKeyDialog({ open, ...form }: NewApiKeyDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onClose={form.onClose} title={t('security.newKey')}>
      <KeyForm {...form} />
    </Dialog>
  );
}

function KeyForm({ isAdmin, onClose, onMade }: Omit<NewApiKeyDialogProps, 'open'>) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const [once] = useState(newKey);
  const form = useForm<Values>({ defaultValues: { name: '', scopes: ['read'], life: 'quarter' } });
  const { register, handleSubmit, setError, formState } = form;
  const make = useMutation({
    mutationFn: ({ name, scopes, life }: Values) =>
      api.security.createApiKey({ name: name.trim(), scopes: [...scopes], expiresAt: endAfter(life) }, once),
    onSuccess: onMade,
    onError: (error) => {
      setProblem(takeProblem(error, { fields: ['name', 'scopes'], setError }, t));
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => {
          make.mutate(values);
        })(event)
      }
    >
      <FormProblem text={problem} />
      <TextField
        label={t('security.keyName')}
        hint={t('security.keyNameHint')}
        maxLength={100}
        autoComplete="off"
        problem={formState.errors.name?.message}
        {...register('name', { required: t('form.required') })}
      />
      <fieldset className="choices stack">
        <legend className="muted">{t('security.scopes')}</legend>
        {(isAdmin ? SCOPES : SCOPES.slice(0, -1)).map((scope) => (
          <label className="check" key={scope}>
            <input
              type="checkbox"
              value={scope}
              {...register('scopes', { validate: (chosen) => chosen.length > 0 || t('security.scopeNeeded') })}
            />
            <span>
              {t(`security.scope.${scope}`)}
              <br />
              <span className="small faint">{t(`security.scopeText.${scope}`)}</span>
            </span>
          </label>
        ))}
        {formState.errors.scopes?.message !== undefined && (
          <p className="problem" role="alert">
            {formState.errors.scopes.message}
          </p>
        )}
      </fieldset>
      <SelectField label={t('security.goodFor')} {...register('life')}>
        <Lives />
      </SelectField>
      <div className="actions row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={make.isPending}>
          {t('security.makeKey')}
        </Button>
      </div>
    </form>
  );
}

function Lives() {
  const { t } = useTranslation();
  return LIVES.map((life) => (
    <option key={life} value={life}>
      {t(`security.life.${life}`)}
    </option>
  ));
}

const SCOPES = ['read', 'trade', 'write', 'admin'] as const;

function endAfter(life: Life): string | null {
  return life === 'unlimited' ? null : new Date(Date.now() + DAYS[life] * DAY_MS).toISOString();
}
