import { decimal, divideRounded, formatDecimal, multiply, parseDecimal, roundTo, type Decimal } from '@holdfast/engine/money';
import type { Instrument, Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { positionsQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Button } from '../../ui/button.tsx';
import { isPositive, type OrderDraft } from './order-draft.ts';

interface QuantityChipsProps {
  readonly portfolio: Portfolio;
  readonly instrument: Instrument;
  readonly draft: OrderDraft;
  readonly onChange: (part: Partial<OrderDraft>) => void;
}

const SHARES = [25, 50, 75, 100] as const;

/** A quarter, a half, all: of the free cash when buying, of the holding when selling. Nothing to choose where there is neither. */
export function QuantityChips({ portfolio, instrument, draft, onChange }: QuantityChipsProps) {
  const { t } = useTranslation();
  const quote = useQuote(instrument.symbol);
  const { data: positions = [] } = useQuery(positionsQuery(portfolio.id));
  const held = positions.find((position) => position.symbol === instrument.symbol);
  const price = draft.type === 'limit' && isPositive(draft.limitPrice) ? draft.limitPrice : (quote?.ask ?? quote?.last ?? null);
  const cash = portfolio.cash.find((balance) => balance.currency === instrument.currency)?.available;
  const whole = draft.side === 'sell' ? sellable(held) : buyable(cash, price);
  if (draft.unit === 'amount' || whole === null) return null;
  return (
    <div className="chips" role="group" aria-label={draft.side === 'sell' ? t('ticket.ofHolding') : t('ticket.ofCash')}>
      {SHARES.map((share) => (
        <Button
          key={share}
          size="small"
          onClick={() => {
            onChange({ quantity: part(whole, share, draft.side === 'sell') });
          }}
        >
          {share} %
        </Button>
      ))}
    </div>
  );
}

function sellable(held: { readonly quantity: string; readonly reserved: string } | undefined): Decimal | null {
  if (held === undefined) return null;
  const free = (decimal(held.quantity) - decimal(held.reserved)) as Decimal;
  return free > 0n ? free : null;
}

function buyable(cash: string | undefined, price: string | null): Decimal | null {
  const free = parseDecimal(cash ?? '0');
  if (free === null || free <= 0n || price === null) return null;
  return divideRounded(free, decimal(price), { places: 8, rounding: 'down' });
}

/** Buying is in whole shares where a whole one is affordable; selling all really is all. */
function part(whole: Decimal, share: number, exact: boolean): string {
  const asked = multiply(whole, decimal(String(share / 100)), 'down');
  const rounded = roundTo(asked, 0, 'down');
  return formatDecimal(exact || rounded === 0n ? roundTo(asked, 8, 'down') : rounded);
}
