import type { ProfileChange, User } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { api } from '../../api/api.ts';
import { meQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';
import { showToast } from '../../ui/toast.tsx';

interface Values {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly timezone: string;
  readonly baseCurrency: string;
  readonly locale: string;
}

const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD', 'INR', 'SEK', 'NOK', 'DKK', 'PLN', 'HKD', 'SGD'];

/** Reports and mails are written in these; the app itself has a switch of its own. */
const LOCALES = ['en', 'en-GB', 'de', 'de-AT', 'de-CH'];

export function ProfileForm({ user }: { readonly user: User }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<Values>({ defaultValues: valuesOf(user) });
  const save = useMutation({
    mutationFn: (values: Values) => api.accounts.changeProfile(changeOf(values)),
    onSuccess: (changed) => {
      client.setQueryData(meQuery.queryKey, changed);
      setProblem(null);
      showToast({ look: 'ok', text: t('state.saved') });
    },
    onError: (error) => {
      const fields = ['firstName', 'lastName', 'username', 'timezone', 'baseCurrency', 'locale'] as const;
      setProblem(takeProblem(error, { fields, setError: form.setError }, t));
    },
  });
  return (
    <form
      className="card"
      noValidate
      aria-labelledby="profile"
      onSubmit={(event) =>
        void form.handleSubmit((values) => {
          save.mutate(values);
        })(event)
      }
    >
      <h2 id="profile">{t('settings.profile')}</h2>
      <FormProblem text={problem} />
      <div className="fact">
        <span className="muted">{t('auth.email')}</span>
        <span className="strong">{user.email}</span>
      </div>
      <NameFields form={form} />
      <PlaceFields form={form} user={user} />
      <div className="row end">
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

function NameFields({ form }: { readonly form: UseFormReturn<Values> }) {
  const { t } = useTranslation();
  const { register, formState } = form;
  const { errors } = formState;
  const shared = { optional: t('form.optional'), maxLength: 100 };
  return (
    <>
      <div className="columns">
        <div className="half">
          <TextField
            label={t('settings.firstName')}
            autoComplete="given-name"
            problem={errors.firstName?.message}
            {...shared}
            {...register('firstName')}
          />
        </div>
        <div className="half">
          <TextField
            label={t('settings.lastName')}
            autoComplete="family-name"
            problem={errors.lastName?.message}
            {...shared}
            {...register('lastName')}
          />
        </div>
      </div>
      <TextField
        label={t('auth.username')}
        optional={t('form.optional')}
        autoComplete="nickname"
        autoCapitalize="none"
        problem={errors.username?.message}
        {...register('username', { pattern: { value: /^$|^[A-Za-z0-9][A-Za-z0-9._-]{1,31}$/, message: t('auth.usernameShape') } })}
      />
    </>
  );
}

function PlaceFields({ form, user }: { readonly form: UseFormReturn<Values>; readonly user: User }) {
  const { t, language } = useTranslation();
  const zones = useMemo(() => [...new Set([user.timezone, 'UTC', ...Intl.supportedValuesOf('timeZone')])], [user.timezone]);
  return (
    <>
      <SelectField label={t('settings.timezone')} hint={t('settings.timezoneHint')} {...form.register('timezone')}>
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <SelectField label={t('settings.locale')} hint={t('settings.localeHint')} {...form.register('locale')}>
        {[...new Set([user.locale, ...LOCALES])].map((tag) => (
          <option key={tag} value={tag}>
            {new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('settings.baseCurrency')} hint={t('settings.baseCurrencyHint')} {...form.register('baseCurrency')}>
        {[...new Set([user.baseCurrency, ...CURRENCIES])].map((code) => (
          <option key={code}>{code}</option>
        ))}
      </SelectField>
    </>
  );
}

function valuesOf(user: User): Values {
  const { firstName, lastName, username, timezone, baseCurrency, locale } = user;
  return { firstName: firstName ?? '', lastName: lastName ?? '', username: username ?? '', timezone, baseCurrency, locale };
}

/** An emptied field is taken away, not set to nothing. */
function changeOf({ firstName, lastName, username, ...rest }: Values): ProfileChange {
  const kept = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return { ...rest, firstName: kept(firstName), lastName: kept(lastName), username: kept(username) };
}
