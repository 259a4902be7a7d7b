import type { Instrument } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField } from '../../ui/field.tsx';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { exitFields, forceOf, forcesFor, priceFields, type DraftProblems, type OrderDraft } from './order-draft.ts';

interface TicketPricesProps {
  readonly instrument: Instrument;
  readonly draft: OrderDraft;
  readonly problems: DraftProblems;
  readonly onDraft: (draft: OrderDraft) => void;
}

/** The prices that the type of order names, how long it holds, and what goes with it. */
export function TicketPrices(props: TicketPricesProps) {
  const { draft } = props;
  return (
    <>
      {draft.type === 'trailingStop' && <TrailUnit {...props} />}
      {priceFields(draft.type).map((field) => (
        <PriceField key={field} {...props} field={field} />
      ))}
      {forcesFor(draft).length > 0 && <ForceField {...props} />}
      {exitFields(draft).length > 0 && <Exits {...props} />}
    </>
  );
}

function PriceField({
  instrument,
  draft,
  problems,
  onDraft,
  field,
}: TicketPricesProps & { readonly field: 'limitPrice' | 'stopPrice' | 'trail' }) {
  const { t } = useTranslation();
  const percent = field === 'trail' && draft.trailUnit === 'percent';
  return (
    <DecimalField
      label={field === 'limitPrice' ? t('ticket.limitPrice') : t(`conditional.${field}`)}
      suffix={percent ? '%' : instrument.currency}
      value={draft[field]}
      problem={problems[field] === undefined ? undefined : t('form.amount')}
      onChange={(typed) => {
        onDraft({ ...draft, [field]: typed });
      }}
    />
  );
}

function TrailUnit({ draft, onDraft }: TicketPricesProps) {
  const { t } = useTranslation();
  return (
    <Segmented
      fill
      label={t('conditional.trailUnit')}
      value={draft.trailUnit}
      options={(['percent', 'amount'] as const).map((value) => ({ value, label: t(`conditional.trailUnits.${value}`) }))}
      onChange={(trailUnit) => {
        onDraft({ ...draft, trailUnit });
      }}
    />
  );
}

function ForceField({ draft, onDraft }: TicketPricesProps) {
  const { t } = useTranslation();
  const forces = forcesFor(draft);
  return (
    <SelectField
      label={t('ticket.timeInForce')}
      value={forceOf(draft)}
      onChange={(event) => {
        onDraft({ ...draft, timeInForce: forces.find((force) => force === event.target.value) ?? 'day' });
      }}
    >
      {forces.map((force) => (
        <option key={force} value={force}>
          {t(`ticket.forces.${force}`)}
        </option>
      ))}
    </SelectField>
  );
}

function Exits({ instrument, draft, problems, onDraft }: TicketPricesProps) {
  const { t } = useTranslation();
  const fields = exitFields(draft);
  const open = fields.some((field) => draft[field] !== '');
  return (
    <details className="exits" open={open}>
      <summary>{t(draft.side === 'buy' ? 'conditional.protect' : 'conditional.otherHalf')}</summary>
      <div className="stack">
        <p className="hint">{t(draft.side === 'buy' ? 'conditional.protectText' : 'conditional.otherHalfText')}</p>
        {fields.map((field) => (
          <DecimalField
            key={field}
            label={t(`conditional.${field}`)}
            optional={t('form.optional')}
            suffix={instrument.currency}
            value={draft[field]}
            problem={problems[field] === undefined ? undefined : t('form.amount')}
            onChange={(typed) => {
              onDraft({ ...draft, [field]: typed });
            }}
          />
        ))}
      </div>
    </details>
  );
}
