import type { CostMethod, Portfolio, PortfolioKind } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { api, newKey } from '../../api/api.ts';
import { portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { isDecimalText } from '../../ui/figures/decimal-text.ts';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { takeProblem } from '../../ui/forms/take-problem.ts';

interface Values {
  readonly name: string;
  readonly description: string;
  readonly kind: PortfolioKind;
  readonly baseCurrency: string;
  readonly costMethod: CostMethod;
  readonly startingCash: string;
}

const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD', 'INR', 'SEK', 'NOK', 'DKK', 'PLN', 'HKD', 'SGD'] as const;
const COST_METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const satisfies readonly CostMethod[];

interface PortfolioFormProps {
  readonly kind: PortfolioKind;
  readonly currency: string;
  readonly onDone: (portfolio: Portfolio) => void;
}

export function PortfolioForm({ kind, currency, onDone }: PortfolioFormProps) {
  const { t } = useTranslation();
  const { form, create, problem } = usePortfolioForm({ kind, currency, onDone });
  const { register, handleSubmit, formState, watch } = form;
  return (
    <form
      className="card"
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => {
          create.mutate(values);
        })(event)
      }
    >
      <FormProblem text={problem} />
      <KindChoice form={form} />
      <TextField
        label={t('portfolio.name')}
        maxLength={100}
        autoComplete="off"
        problem={formState.errors.name?.message}
        {...register('name', { validate: (value) => value.trim() !== '' || t('form.required') })}
      />
      <TextField
        label={t('portfolio.description')}
        optional={t('form.optional')}
        maxLength={2000}
        autoComplete="off"
        {...register('description')}
      />
      <SelectField label={t('portfolio.currency')} hint={t('portfolio.currencyHint')} {...register('baseCurrency')}>
        {[...new Set([currency, ...CURRENCIES])].map((code) => (
          <option key={code}>{code}</option>
        ))}
      </SelectField>
      <SelectField label={t('portfolio.costMethod')} hint={t('portfolio.costMethodHint')} {...register('costMethod')}>
        {COST_METHODS.map((method) => (
          <option key={method} value={method}>
            {t(`portfolio.costMethods.${method}`)}
          </option>
        ))}
      </SelectField>
      {watch('kind') === 'paper' && <StartingCash form={form} />}
      <div className="row end">
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('portfolio.create')}
        </Button>
      </div>
    </form>
  );
}

function KindChoice({ form }: { readonly form: UseFormReturn<Values> }) {
  const { t } = useTranslation();
  return (
    <fieldset className="choices">
      <legend className="field-label">{t('portfolio.kind')}</legend>
      {(['paper', 'tracked'] as const).map((value) => (
        <label className="choice" key={value}>
          <input type="radio" value={value} {...form.register('kind')} />
          <span>
            <span className="strong">{t(`portfolio.kinds.${value}.name`)}</span>
            <br />
            <span className="muted">{t(`portfolio.kinds.${value}.text`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function StartingCash({ form }: { readonly form: UseFormReturn<Values> }) {
  const { t } = useTranslation();
  return (
    <Controller
      control={form.control}
      name="startingCash"
      rules={{ validate: (value) => (isDecimalText(value) && !value.startsWith('-')) || t('form.amount') }}
      render={({ field, fieldState }) => (
        <DecimalField
          label={t('portfolio.startingCash')}
          hint={t('portfolio.startingCashHint')}
          suffix={form.watch('baseCurrency')}
          value={field.value}
          onChange={field.onChange}
          problem={fieldState.error?.message}
        />
      )}
    />
  );
}

function usePortfolioForm({ kind, currency, onDone }: PortfolioFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [key, setKey] = useState(newKey);
  const form = useForm<Values>({
    defaultValues: {
      name: kind === 'paper' ? t('portfolio.paperName') : '',
      description: '',
      kind,
      baseCurrency: currency,
      costMethod: 'average',
      startingCash: '100000',
    },
  });
  const create = useMutation({
    mutationFn: ({ startingCash, description, name, ...rest }: Values) =>
      api.portfolios.create(
        {
          ...rest,
          name: name.trim(),
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          ...(description.trim() === '' ? {} : { description: description.trim() }),
          ...(rest.kind === 'paper' ? { startingCash } : {}),
        },
        key,
      ),
    onSuccess: async (portfolio) => {
      await client.invalidateQueries({ queryKey: portfoliosKey });
      onDone(portfolio);
    },
    onError: (error) => {
      setKey(newKey());
      const fields = ['name', 'description', 'baseCurrency', 'costMethod', 'startingCash'] as const;
      setProblem(takeProblem(error, { fields, setError: form.setError }, t));
    },
  });
  return { form, create, problem };
}
