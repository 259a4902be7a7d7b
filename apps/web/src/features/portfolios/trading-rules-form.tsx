import type { Portfolio } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { portfolioKey, portfolioQuery, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { SelectField } from '../../ui/field.tsx';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { checkRules, rulesDraft, toSettings, type RulesDraft } from './trading-rules-draft.ts';

const MODELS = ['instant', 'sizeAware', 'chance'] as const;
const HOURS = ['always', 'exchange'] as const;

type Settings = NonNullable<Portfolio['settings']>;

/** How the orders of a paper portfolio fill and what they cost. */
export function TradingRulesForm({ portfolio, settings }: { readonly portfolio: Portfolio; readonly settings: Settings }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => rulesDraft(settings));
  const [tried, setTried] = useState(false);
  const save = useSaveRules(portfolio);
  const problems = checkRules(draft);
  const change = (part: Partial<RulesDraft>): void => {
    setDraft({ ...draft, ...part });
  };
  return (
    <form
      className="card"
      noValidate
      aria-labelledby="trading-rules"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(problems).length === 0) save.mutate(toSettings(draft));
      }}
    >
      <h2 id="trading-rules">{t('conditional.rules.edit')}</h2>
      <p className="muted">{t('conditional.rules.editText')}</p>
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      <SelectField
        label={t('portfolio.fillModel')}
        value={draft.fillModel}
        onChange={(event) => {
          change({ fillModel: MODELS.find((model) => model === event.target.value) ?? 'instant' });
        }}
      >
        {MODELS.map((model) => (
          <option key={model} value={model}>
            {t(`conditional.rules.fillModels.${model}`)}
          </option>
        ))}
      </SelectField>
      <RuleFields draft={draft} problems={tried ? problems : {}} currency={portfolio.baseCurrency} onChange={change} />
      <SelectField
        label={t('portfolio.tradingHours')}
        value={draft.tradingHours}
        onChange={(event) => {
          change({ tradingHours: HOURS.find((hours) => hours === event.target.value) ?? 'always' });
        }}
      >
        {HOURS.map((hours) => (
          <option key={hours} value={hours}>
            {t(`portfolio.hours.${hours}`)}
          </option>
        ))}
      </SelectField>
      <div className="row end">
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

interface RuleFieldsProps {
  readonly draft: RulesDraft;
  readonly problems: ReturnType<typeof checkRules>;
  readonly currency: string;
  readonly onChange: (part: Partial<RulesDraft>) => void;
}

function RuleFields({ draft, problems, currency, onChange }: RuleFieldsProps) {
  const { t } = useTranslation();
  const problemOf = (field: keyof typeof problems): string | undefined => {
    const problem = problems[field];
    if (problem === undefined) return undefined;
    return problem === 'amount'
      ? t('conditional.rules.amountOrZero')
      : t('conditional.rules.whole', { from: problem.from, to: problem.to });
  };
  const field = (
    name: Exclude<keyof RulesDraft, 'fillModel' | 'tradingHours'>,
    label: string,
    more: { suffix?: string; hint?: string } = {},
  ) => (
    <DecimalField
      label={label}
      value={draft[name]}
      problem={problemOf(name)}
      onChange={(typed) => {
        onChange({ [name]: typed });
      }}
      {...more}
    />
  );
  return (
    <>
      {draft.fillModel === 'chance' && field('fillChancePercent', t('conditional.rules.chance'), { suffix: '%' })}
      {draft.fillModel === 'chance' && field('fillSeed', t('conditional.rules.seed'), { hint: t('conditional.rules.seedHint') })}
      {field('slippageBasisPoints', t('conditional.rules.slippage'))}
      {field('fixed', t('portfolio.feeFixed'))}
      {field('basisPoints', t('conditional.rules.feeRate'))}
      {field('minimum', t('portfolio.feeMinimum'))}
      {field('creditLimit', t('conditional.rules.creditLimit'), { suffix: currency, hint: t('conditional.rules.creditLimitHint') })}
    </>
  );
}

function useSaveRules(portfolio: Portfolio) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: ReturnType<typeof toSettings>) => api.portfolios.change(portfolio.id, { settings }),
    onSuccess: async (changed) => {
      client.setQueryData(portfolioQuery(portfolio.id).queryKey, changed);
      await client.invalidateQueries({ queryKey: portfolioKey(portfolio.id) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
      showToast({ look: 'ok', text: t('state.saved') });
    },
  });
}
