import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { formatMoney, formatPercent, formatPrice, formatQuantity, moneyParts, type MoneyOptions } from './format-figure.ts';
import { useFigureStyle } from './use-figure-style.ts';

const HIDDEN = '•••';

/** Not known is a dash with a reason, never 0. */
export function Missing({ reason }: { readonly reason?: string | undefined }) {
  const { t } = useTranslation();
  const words = reason ?? t('figure.notKnown');
  return (
    <span className="missing" title={words}>
      <span aria-hidden="true">—</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** Amounts that are hidden are not in the page at all: not in titles, not for screen readers. */
export function HiddenAmount() {
  const { t } = useTranslation();
  return (
    <span className="figure faint">
      <span aria-hidden="true">{HIDDEN}</span>
      <span className="sr-only">{t('figure.hidden')}</span>
    </span>
  );
}

interface MoneyProps {
  readonly value: string | null | undefined;
  readonly currency: string;
  readonly unit?: MoneyOptions['unit'];
  readonly compact?: boolean;
  readonly reason?: string;
  /** Makes the fraction quieter than the whole, in large figures. */
  readonly large?: boolean;
}

export function Money({ value, currency, unit = 'none', compact = false, reason, large = false }: MoneyProps) {
  const { style, hidden } = useFigureStyle();
  if (value === null || value === undefined) return <Missing reason={reason} />;
  if (hidden) return <HiddenAmount />;
  const parts = moneyParts(value, style, { currency, unit, compact });
  const title = compact ? formatMoney(value, style, { currency, unit }) : undefined;
  return (
    <Figure title={title}>
      {parts.map((part, index) =>
        part.kind === 'whole' || (part.kind === 'fraction' && !large) ? (
          part.text
        ) : (
          <span key={index} className={part.kind}>
            {part.text}
          </span>
        ),
      )}
    </Figure>
  );
}

interface PriceProps {
  readonly value: string | null | undefined;
  readonly tickSize?: string | null;
  /** Says how many decimals there are at least where no tick does. */
  readonly currency?: string;
  readonly reason?: string;
}

/** Prices are public and stay visible while amounts are hidden. */
export function Price({ value, tickSize, currency, reason }: PriceProps) {
  const { style } = useFigureStyle();
  if (value === null || value === undefined) return <Missing reason={reason} />;
  return <Figure>{formatPrice(value, style, { tickSize, currency })}</Figure>;
}

export function Quantity({ value, reason }: { readonly value: string | null | undefined; readonly reason?: string }) {
  const { style, hidden } = useFigureStyle();
  if (value === null || value === undefined) return <Missing reason={reason} />;
  return hidden ? <HiddenAmount /> : <Figure>{formatQuantity(value, style)}</Figure>;
}

/** `value` counts in percent. A weight has one decimal, everything else two. */
export function Percent({ value, digits }: { readonly value: number | null | undefined; readonly digits?: number }) {
  const { style } = useFigureStyle();
  return value === null || value === undefined ? <Missing /> : <Figure>{formatPercent(value, style, { digits })}</Figure>;
}

/** Keeps a figure together and its writing direction its own. */
export function Figure({ children, title }: { readonly children: ReactNode; readonly title?: string | undefined }) {
  return (
    <bdi className="figure" title={title}>
      {children}
    </bdi>
  );
}
