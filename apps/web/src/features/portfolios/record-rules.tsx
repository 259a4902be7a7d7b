import type { CostMethod, Portfolio } from '@holdfast/sdk';
import { decimal, formatDecimal, subtract } from '@holdfast/engine/money';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../api/api.ts';
import { realizedGainsQuery } from '../../api/analysis-queries.ts';
import { portfolioKey, portfolioQuery, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Facts } from '../../ui/facts.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';

const METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const satisfies readonly CostMethod[];

/** Time zone and, where transactions are recorded by hand, the cost method: what another one would change is shown before it is applied. */
export function RecordRules({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const [method, setMethod] = useState<CostMethod>(portfolio.costMethod);
  const [timeZone, setTimeZone] = useState(portfolio.timeZone);
  const zones = useMemo(() => [...new Set([portfolio.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])], [portfolio.timeZone]);
  const save = useSave(portfolio);
  const same = method === portfolio.costMethod && timeZone === portfolio.timeZone;
  return (
    <form
      className="card"
      aria-labelledby="record-rules"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          ...(method === portfolio.costMethod ? {} : { costMethod: method }),
          ...(timeZone === portfolio.timeZone ? {} : { timeZone }),
        });
      }}
    >
      <h2 id="record-rules">{t('rules.title')}</h2>
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      {portfolio.kind === 'tracked' && (
        <>
          <SelectField
            label={t('portfolio.costMethod')}
            hint={t('rules.costMethodHint')}
            value={method}
            onChange={(event) => {
              setMethod(METHODS.find((known) => known === event.target.value) ?? portfolio.costMethod);
            }}
          >
            {[...new Set<CostMethod>([portfolio.costMethod, ...METHODS])].map((name) => (
              <option key={name} value={name}>
                {t(`portfolio.costMethods.${name}`)}
              </option>
            ))}
          </SelectField>
          {method !== portfolio.costMethod && <Difference portfolio={portfolio} method={method} />}
        </>
      )}
      <SelectField
        label={t('portfolio.timeZone')}
        hint={t('rules.timeZoneHint')}
        value={timeZone}
        onChange={(event) => {
          setTimeZone(event.target.value);
        }}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <div className="row end">
        <Button type="submit" look="primary" busy={save.isPending} disabled={same}>
          {t('rules.apply')}
        </Button>
      </div>
    </form>
  );
}

function useSave(portfolio: Portfolio) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Parameters<typeof api.portfolios.change>[1]) => api.portfolios.change(portfolio.id, change),
    onSuccess: async (changed) => {
      client.setQueryData(portfolioQuery(portfolio.id).queryKey, changed);
      showToast({ look: 'ok', text: t('state.saved') });
      await client.invalidateQueries({ queryKey: portfolioKey(portfolio.id) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
  });
}

/** What the sales so far brought by the present method, by the other one, and the difference. Nothing is changed by looking. */
function Difference({ portfolio, method }: { readonly portfolio: Portfolio; readonly method: CostMethod }) {
  const { t } = useTranslation();
  const now = useQuery(realizedGainsQuery(portfolio.id, {}));
  const then = useQuery(realizedGainsQuery(portfolio.id, { costMethod: method }));
  const failed = [now, then].find((query) => query.error !== null && query.data === undefined);
  if (failed !== undefined) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (now.data === undefined || then.data === undefined || then.data.costMethod !== method) return <LoadingState height={96} />;
  const currency = portfolio.baseCurrency;
  const before = now.data.totals.gain;
  const after = then.data.totals.gain;
  return (
    <div aria-live="polite">
      <p className="muted">{t('rules.difference')}</p>
      <Facts
        look="list"
        rows={[
          {
            label: t('rules.gainBy', { method: t(`portfolio.costMethods.${portfolio.costMethod}`) }),
            method: t('method.realizedGain'),
            value: <Change amount={before} currency={currency} unit="code" />,
          },
          {
            label: t('rules.gainBy', { method: t(`portfolio.costMethods.${method}`) }),
            method: t('method.realizedGain'),
            value: <Change amount={after} currency={currency} unit="code" />,
          },
          {
            label: t('rules.changes'),
            value: <Change amount={formatDecimal(subtract(decimal(after), decimal(before)))} currency={currency} unit="code" />,
          },
        ]}
      />
    </div>
  );
}
