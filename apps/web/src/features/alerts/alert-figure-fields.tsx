import type { Portfolio } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import {
  DIRECTIONS,
  fieldsOf,
  INTERVALS,
  REFERENCES,
  unitOf,
  type AlertDraft,
  type DraftField,
  type DraftProblems,
} from './alert-draft.ts';
import { SubjectField } from './alert-subject-field.tsx';

export interface DraftFields {
  readonly draft: AlertDraft;
  readonly problems: DraftProblems;
  /** What a standing alert is about cannot be changed any more. */
  readonly isNew: boolean;
  readonly portfolios: readonly Portfolio[];
  readonly change: (part: Partial<AlertDraft>) => void;
}

/** What the condition of a draft asks for. */
export function AlertFigureFields(props: DraftFields) {
  return fieldsOf(props.draft.condition).map((field) => <FigureField key={field} field={field} {...props} />);
}

function FigureField({ field, ...props }: DraftFields & { readonly field: DraftField }) {
  switch (field) {
    case 'symbol':
    case 'portfolioId':
      return props.isNew ? <SubjectField field={field} {...props} /> : null;
    case 'threshold':
      return <ThresholdField {...props} />;
    case 'against':
      return <AgainstFields {...props} />;
    case 'days':
      return <WindowField units={['d']} {...props} />;
    case 'period':
      return <PeriodField {...props} />;
    case 'direction':
    case 'average':
    case 'interval':
      return <WordField field={field} {...props} />;
  }
}

function ThresholdField({ draft, problems, change }: DraftFields) {
  const { t } = useTranslation();
  const unit = unitOf(draft.condition);
  const isOptional = draft.condition === 'marketMove';
  const word = draft.condition === 'rsiCross' ? 'rsi' : unit === 'count' ? 'volume' : unit;
  const suffix = unit === 'percent' ? '%' : unit === 'count' || draft.currency === '' ? undefined : draft.currency;
  return (
    <DecimalField
      label={t(`alerts.threshold.${word}`)}
      {...(isOptional ? { optional: t('form.optional'), hint: t('alerts.moveHint') } : {})}
      suffix={suffix}
      value={draft.threshold}
      problem={problems.threshold === true ? t('form.amount') : undefined}
      onChange={(threshold) => {
        change({ threshold });
      }}
    />
  );
}

function AgainstFields(props: DraftFields) {
  const { t } = useTranslation();
  const { draft, problems, change } = props;
  return (
    <>
      <SelectField
        label={t('alerts.againstTitle')}
        value={draft.against}
        onChange={(event) => {
          change({ against: REFERENCES.find((reference) => reference === event.target.value) ?? 'previousClose' });
        }}
      >
        {REFERENCES.map((reference) => (
          <option key={reference} value={reference}>
            {t(`alerts.againstChoice.${reference}`)}
          </option>
        ))}
      </SelectField>
      {draft.against === 'window' && <WindowField units={['m', 'h', 'd']} {...props} />}
      {draft.against === 'reference' && (
        <DecimalField
          label={t('alerts.reference')}
          suffix={draft.currency === '' ? undefined : draft.currency}
          value={draft.reference}
          problem={problems.reference === true ? t('form.amount') : undefined}
          onChange={(reference) => {
            change({ reference });
          }}
        />
      )}
    </>
  );
}

const UNIT_WORDS = { m: 'alerts.unit.m', h: 'alerts.unit.h', d: 'alerts.unit.d' } as const;

/** A count and its unit: 4 hours. */
function WindowField({ draft, problems, change, units }: DraftFields & { readonly units: readonly ('m' | 'h' | 'd')[] }) {
  const { t } = useTranslation();
  const unit = units.find((one) => draft.window.endsWith(one)) ?? units[0] ?? 'd';
  const count = draft.window.replace(/[mhd]$/, '');
  return (
    <div className="row">
      <TextField
        label={t('alerts.window')}
        inputMode="numeric"
        className="figure"
        value={count}
        problem={problems.window === true ? t('alerts.wrong.window') : undefined}
        onChange={(event) => {
          change({ window: `${event.target.value.replace(/\D/g, '')}${unit}` });
        }}
      />
      <SelectField
        label={t('alerts.unitTitle')}
        value={unit}
        onChange={(event) => {
          change({ window: `${count}${event.target.value}` });
        }}
      >
        {units.map((one) => (
          <option key={one} value={one}>
            {t(UNIT_WORDS[one])}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function PeriodField({ draft, problems, change }: DraftFields) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('alerts.period')}
      inputMode="numeric"
      className="figure"
      value={draft.period}
      problem={problems.period === true ? t('alerts.wrong.period') : undefined}
      onChange={(event) => {
        change({ period: event.target.value.replace(/\D/g, '') });
      }}
    />
  );
}

function WordField({ field, draft, change }: DraftFields & { readonly field: 'direction' | 'average' | 'interval' }) {
  const { t } = useTranslation();
  const choices = {
    direction: DIRECTIONS.map((value) => ({ value, label: t(`alerts.direction.${value}`) })),
    average: (['sma', 'ema'] as const).map((value) => ({ value, label: t(`alerts.average.${value}`) })),
    interval: INTERVALS.map((value) => ({ value, label: t(`alerts.interval.${value}`) })),
  }[field];
  return (
    <SelectField
      label={t(`alerts.${field}Title`)}
      value={draft[field]}
      onChange={(event) => {
        change({ [field]: event.target.value });
      }}
    >
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}
