import type { Instrument, Order, OrderPreview, Portfolio } from '@holdfast/sdk';
import { useEffect, useRef, useState } from 'react';
import { newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { PaperBadge } from '../../ui/badge.tsx';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { useLater } from '../../ui/use-later.ts';
import { plainText } from '../../i18n/rich-text.tsx';
import { checkDraft, emptyDraft, toOrder, type OrderDraft } from './order-draft.ts';
import { orderSentence } from './order-sentence.ts';
import { TicketEdit } from './ticket-edit.tsx';
import { TicketReview } from './ticket-review.tsx';
import { useOrderPreview } from './use-order-preview.ts';
import { useOrderToast } from './use-order-toast.ts';
import { usePlaceOrder, type OrderIntent } from './use-place-order.ts';
import './order-ticket.css';

interface OrderTicketProps {
  readonly portfolio: Portfolio;
  readonly instrument: Instrument;
  /** What the address or a button already said. */
  readonly start?: Partial<OrderDraft>;
  readonly onPlaced?: (order: Order) => void;
}

/** Write, review, place: the same sentence throughout, nothing sent before the last step, one order however often it is sent. */
export function OrderTicket({ portfolio, instrument, start = {}, onPlaced }: OrderTicketProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<OrderDraft>({ ...emptyDraft, ...start });
  const [tried, setTried] = useState(false);
  const [intent, setIntent] = useState<OrderIntent | null>(null);
  const order = toOrder(draft, instrument.symbol);
  const state = useOrderPreview(portfolio.id, order);
  const sentence = useSentence(draft, instrument, state.preview);
  const sayPlaced = useOrderToast();
  const place = usePlaceOrder((placed) => {
    setIntent(null);
    setTried(false);
    setDraft({ ...draft, quantity: '', amount: '', takeProfit: '', stopLoss: '' });
    sayPlaced(placed);
    onPlaced?.(placed);
  });
  const review = (): void => {
    setTried(true);
    place.reset();
    if (order !== null && state.refusal === null) setIntent({ portfolioId: portfolio.id, order, key: newKey() });
  };
  const shared = { portfolio, instrument, sentence };
  return (
    <section
      className="card order-ticket"
      aria-labelledby="ticket"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (intent === null) review();
        else if (!place.isPending) place.mutate(intent);
      }}
    >
      <div className="card-head">
        <h2 id="ticket">{t('ticket.title')}</h2>
        <PaperBadge name={portfolio.name} />
      </div>
      {intent === null ? (
        <TicketEdit
          {...shared}
          draft={draft}
          problems={tried ? checkDraft(draft) : {}}
          state={state}
          onDraft={setDraft}
          onReview={review}
        />
      ) : (
        <TicketReview
          {...shared}
          intent={intent}
          preview={state.preview}
          placing={place.isPending}
          error={place.error}
          onBack={() => {
            setIntent(null);
          }}
          onPlace={() => {
            place.mutate(intent);
          }}
        />
      )}
      <Spoken text={plainText(sentence)} draft={draft} />
    </section>
  );
}

/** Reckoned with the quote that the preview used, where there is one, so that sentence and figures below it agree. */
function useSentence(draft: OrderDraft, instrument: Instrument, preview: OrderPreview | null): string {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const live = useQuote(instrument.symbol);
  const quote = preview?.quote ?? live;
  const { name, currency, tickSize } = instrument;
  const ask = quote?.ask ?? quote?.last ?? null;
  const bid = quote?.bid ?? quote?.last ?? null;
  return orderSentence({ draft, name, currency, tickSize, ask, bid, fee: preview?.fee ?? null }, t, style);
}

/** The sentence for screen readers, half a second after the last change of the order. Prices that tick do not make it speak again. */
function Spoken({ text, draft }: { readonly text: string; readonly draft: OrderDraft }) {
  const settled = useLater(draft, 500);
  const latest = useRef(text);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    setSpoken(latest.current);
  }, [settled]);
  return (
    <div className="sr-only" role="status">
      {spoken}
    </div>
  );
}
