import { useTranslation } from '../../i18n/use-translation.ts';
import { directionOf, type Direction } from './decimal-text.ts';
import { currencyDigits, formatMoney, formatPercent, formatPrice, plainNumber, priceDigits, type MoneyOptions } from './format-figure.ts';
import { Figure, Missing } from './figures.tsx';
import { useFigureStyle } from './use-figure-style.ts';

const ARROWS: Record<Direction, string> = { up: 'M5 1 9.6 9H.4z', down: 'M5 9 .4 1h9.2z', flat: 'M1 4h8v2H1z' };

/** The shape says the direction before the colour does. */
export function Arrow({ direction }: { readonly direction: Direction }) {
  return (
    <svg className="arrow" viewBox="0 0 10 10" fill="currentColor" aria-hidden="true">
      <path d={ARROWS[direction]} />
    </svg>
  );
}

interface ChangeProps {
  /** Money; null when it is not known. */
  readonly amount?: string | null | undefined;
  readonly currency?: string;
  readonly unit?: MoneyOptions['unit'];
  /** Counts in percent. */
  readonly percent?: number | null | undefined;
  /** The amount is the difference of two prices: public, with a price's decimals. */
  readonly price?: boolean;
  readonly tickSize?: string | null;
  readonly reason?: string;
}

/** A change always has an arrow, a sign and words for screen readers ("up 1.22 percent"); zero is neutral. */
export function Change({ amount, currency = 'USD', unit = 'none', percent, price = false, tickSize, reason }: ChangeProps) {
  const { t } = useTranslation();
  const { style, hidden } = useFigureStyle();
  if ((amount === null || amount === undefined) && (percent === null || percent === undefined)) return <Missing reason={reason} />;
  const digits = price && typeof amount === 'string' ? priceDigits(amount, tickSize, currency) : currencyDigits(currency);
  const direction = typeof amount === 'string' ? directionOf(amount, digits) : directionOf(plainNumber(percent ?? 0), 2);
  const shownAmount =
    typeof amount !== 'string' || (hidden && !price)
      ? null
      : price
        ? formatPrice(amount, style, { digits, signed: true })
        : formatMoney(amount, style, { currency, unit, signed: true });
  const shownPercent = percent === null || percent === undefined ? null : formatPercent(percent, style, { signed: true });
  const both = shownAmount !== null && shownPercent !== null;
  return (
    <span className={`change ${direction}`}>
      <Arrow direction={direction} />
      <span className="sr-only">{t(`figure.${direction}`)} </span>
      <Figure>
        {shownAmount}
        {shownPercent !== null && (both ? ` (${shownPercent})` : shownPercent)}
      </Figure>
    </span>
  );
}
