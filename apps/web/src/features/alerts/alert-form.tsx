import type { Alert, Portfolio } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { SelectField } from '../../ui/field.tsx';
import { formatPrice } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { AlertAnswerFields } from './alert-answer-fields.tsx';
import { AlertFigureFields, type DraftFields } from './alert-figure-fields.tsx';
import {
  checkDraft,
  draftOf,
  EMPTY_DRAFT,
  INSTRUMENT_CONDITIONS,
  isOnWatchlist,
  PORTFOLIO_CONDITIONS,
  toChange,
  toNewAlert,
  withCondition,
  type AlertDraft,
  type DraftProblems,
} from './alert-draft.ts';
import { alertsKey } from './alert-queries.ts';
import { sentenceOf } from './alert-sentence.ts';

interface AlertFormProps {
  /** The alert to change, or null for a new one. */
  readonly alert: Alert | null;
  /** What a new one begins with. */
  readonly start?: Partial<AlertDraft>;
  readonly portfolios: readonly Portfolio[];
  readonly onDone: () => void;
}

/** One question, with what it means in a sentence that follows every change. */
export function AlertForm({ alert, start, portfolios, onDone }: AlertFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<AlertDraft>(() => (alert === null ? { ...EMPTY_DRAFT, ...start } : draftOf(alert)));
  const [problems, setProblems] = useState<DraftProblems>({});
  const save = useSave(alert, onDone);
  const fields: DraftFields = {
    draft,
    problems,
    isNew: alert === null,
    portfolios,
    change: (part) => {
      setDraft({ ...draft, ...part });
    },
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = checkDraft(draft);
        setProblems(found);
        if (Object.keys(found).length === 0) save.mutate(draft);
      }}
    >
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      {alert === null && (
        <SelectField
          label={t('alerts.conditionTitle')}
          value={draft.condition}
          onChange={(event) => {
            const all = [...INSTRUMENT_CONDITIONS, ...PORTFOLIO_CONDITIONS];
            setDraft(withCondition(draft, all.find((condition) => condition === event.target.value) ?? 'priceAbove'));
          }}
        >
          {[INSTRUMENT_CONDITIONS, PORTFOLIO_CONDITIONS].map((conditions, index) => (
            <optgroup key={conditions[0]} label={t(index === 0 ? 'alerts.onInstruments' : 'alerts.onPortfolios')}>
              {conditions.map((condition) => (
                <option key={condition} value={condition}>
                  {t(`alerts.condition.${condition}`)}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
      )}
      <AlertFigureFields {...fields} />
      <AlertAnswerFields {...fields} />
      <Meaning draft={draft} portfolios={portfolios} />
      <div className="row end">
        <Button onClick={onDone}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t(alert === null ? 'alerts.create' : 'action.save')}
        </Button>
      </div>
    </form>
  );
}

/** What the draft means, and what the price is now. */
function Meaning({ draft, portfolios }: { readonly draft: AlertDraft; readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const quote = useQuote(draft.symbol === '' || isOnWatchlist(draft) ? null : draft.symbol);
  const portfolioName = portfolios.find(({ id }) => id === draft.portfolioId)?.name ?? '';
  const sentence = sentenceOf(draft, { t, style, portfolioName });
  return (
    <Notice>
      {sentence}{' '}
      {quote !== undefined && t('alerts.now', { price: formatPrice(quote.last, style, { currency: draft.currency || undefined }) })}
    </Notice>
  );
}

function useSave(alert: Alert | null, onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (draft: AlertDraft) =>
      alert === null ? api.alerts.create(toNewAlert(draft), key) : api.alerts.change(alert.id, toChange(draft)),
    onSuccess: async () => {
      onDone();
      showToast({ look: 'ok', text: t(alert === null ? 'alerts.created' : 'state.saved') });
      await client.invalidateQueries({ queryKey: alertsKey });
    },
    onError: () => {
      setKey(newKey());
    },
  });
}
