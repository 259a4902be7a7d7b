import { isUnanswered, type Instrument, type OrderPreview, type Portfolio } from '@holdfast/sdk';
import { useEffect, useRef, useState } from 'react';
import { RichText } from '../../i18n/rich-text.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Freshness } from '../../ui/figures/age.tsx';
import { Price } from '../../ui/figures/figures.tsx';
import { formatQuantity } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { Notice } from '../../ui/states.tsx';
import { previewRows } from './ticket-facts.tsx';
import type { OrderIntent } from './use-place-order.ts';

interface TicketReviewProps {
  readonly portfolio: Portfolio;
  readonly instrument: Instrument;
  readonly intent: OrderIntent;
  readonly sentence: string;
  readonly preview: OrderPreview | null;
  readonly placing: boolean;
  readonly error: unknown;
  readonly onBack: () => void;
  readonly onPlace: () => void;
}

/** The same sentence with frozen figures. The button stands elsewhere than Review did and says what it does. */
export function TicketReview({ portfolio, instrument, intent, sentence, preview, placing, error, onBack, onPlace }: TicketReviewProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const quote = useQuote(instrument.symbol);
  const [frozen] = useState({ sentence, preview });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const { order } = intent;
  const size =
    order.quantity === undefined ? `${String(order.notional)} ${instrument.currency}` : formatQuantity(String(order.quantity), style);
  const action = t(`ticket.place.${order.side}`, { quantity: size, symbol: instrument.symbol });
  const rows: readonly Fact[] = [
    ...(frozen.preview === null ? [] : previewRows({ portfolio, instrument, preview: frozen.preview }, t)),
    ...(quote === undefined
      ? []
      : [
          {
            label: t('ticket.priceNow'),
            method: t('method.position.price'),
            value: (
              <span className="row tight end">
                <Price value={quote.last} tickSize={instrument.tickSize} /> <Freshness at={quote.at} source={quote.source} />
              </span>
            ),
          },
        ]),
  ];
  return (
    <div className={placing ? 'stack sending' : 'stack'}>
      <h3 ref={heading} tabIndex={-1}>
        {t('ticket.reviewTitle')}
      </h3>
      <Button look="primary" size="large" busy={placing} onClick={onPlace}>
        {action}
      </Button>
      <p className="say">
        <RichText text={frozen.sentence} />
      </p>
      <Facts look="list" rows={rows} />
      <div role="alert">
        {error !== null && error !== undefined && (
          <Notice look={isUnanswered(error) ? 'warn' : 'danger'}>
            {isUnanswered(error) ? t('ticket.unknown') : describeError(error, t).detail}
          </Notice>
        )}
      </div>
      <Button disabled={placing} onClick={onBack}>
        {t('ticket.back')}
      </Button>
    </div>
  );
}
