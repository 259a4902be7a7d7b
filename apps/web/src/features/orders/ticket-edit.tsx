import type { Instrument, Portfolio } from '@holdfast/sdk';
import { RichText } from '../../i18n/rich-text.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useConnection } from '../../live/connection.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Notice } from '../../ui/states.tsx';
import { ORDER_TYPES, type DraftProblems, type OrderDraft } from './order-draft.ts';
import { remedyFor } from './order-remedy.ts';
import { QuantityChips } from './quantity-chips.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketPrices } from './ticket-prices.tsx';
import type { PreviewState } from './use-order-preview.ts';

interface TicketEditProps {
  readonly portfolio: Portfolio;
  readonly instrument: Instrument;
  readonly draft: OrderDraft;
  readonly problems: DraftProblems;
  readonly sentence: string;
  readonly state: PreviewState;
  readonly onDraft: (draft: OrderDraft) => void;
  readonly onReview: () => void;
}

export function TicketEdit(props: TicketEditProps) {
  const { portfolio, instrument, sentence, state, onReview } = props;
  const { t } = useTranslation();
  const offline = useConnection().state === 'offline';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onReview();
      }}
    >
      <KindFields {...props} />
      <QuantityFields {...props} />
      <TicketPrices {...props} />
      {sentence !== '' && (
        <p className="say">
          <RichText text={sentence} />
        </p>
      )}
      <TicketFacts portfolio={portfolio} instrument={instrument} preview={state.preview} />
      <Refusal {...props} />
      {offline && <Notice look="warn">{t('ticket.offline')}</Notice>}
      <Button type="submit" look="primary" size="large" disabled={state.refusal !== null || offline}>
        {t('ticket.review')}
      </Button>
    </form>
  );
}

function KindFields({ draft, onDraft }: TicketEditProps) {
  const { t } = useTranslation();
  return (
    <>
      <Segmented
        fill
        label={t('ticket.side')}
        value={draft.side}
        options={(['buy', 'sell'] as const).map((value) => ({ value, label: t(`ticket.${value}`) }))}
        onChange={(side) => {
          onDraft({ ...draft, side });
        }}
      />
      <SelectField
        label={t('ticket.type')}
        hint={t(`ticket.types.${draft.type}.text`)}
        value={draft.type}
        onChange={(event) => {
          onDraft({ ...draft, type: ORDER_TYPES.find((type) => type === event.target.value) ?? 'market' });
        }}
      >
        {ORDER_TYPES.map((type) => (
          <option key={type} value={type}>
            {t(`ticket.types.${type}.name`)}
          </option>
        ))}
      </SelectField>
    </>
  );
}

function QuantityFields({ portfolio, instrument, draft, problems, onDraft }: TicketEditProps) {
  const { t } = useTranslation();
  const shares = draft.unit === 'shares';
  const change = (part: Partial<OrderDraft>): void => {
    onDraft({ ...draft, ...part });
  };
  return (
    <>
      <Segmented
        fill
        label={t('ticket.unit')}
        value={draft.unit}
        options={(['shares', 'amount'] as const).map((value) => ({ value, label: t(`ticket.units.${value}`) }))}
        onChange={(unit) => {
          change({ unit });
        }}
      />
      <DecimalField
        key={draft.unit}
        label={shares ? t('ticket.quantity') : t('ticket.amount')}
        suffix={shares ? undefined : instrument.currency}
        value={shares ? draft.quantity : draft.amount}
        problem={(shares ? problems.quantity : problems.amount) === undefined ? undefined : t('form.amount')}
        onChange={(typed) => {
          change(shares ? { quantity: typed } : { amount: typed });
        }}
      />
      <QuantityChips portfolio={portfolio} instrument={instrument} draft={draft} onChange={change} />
    </>
  );
}

function Refusal({ instrument, draft, state, onDraft }: TicketEditProps) {
  const { refusal, preview } = state;
  const cost = { price: preview?.price ?? null, fee: preview?.fee ?? '0' };
  return (
    <div role="alert">
      {refusal !== null && (
        <RefusalNotice
          refusal={refusal}
          symbol={instrument.symbol}
          currency={instrument.currency}
          remedy={remedyFor(refusal, draft, cost)}
          onRemedy={({ quantity }) => {
            onDraft({ ...draft, quantity });
          }}
        />
      )}
    </div>
  );
}
