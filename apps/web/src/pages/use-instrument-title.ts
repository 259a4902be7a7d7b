import type { Instrument } from '@holdfast/sdk';
import { useEffect } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useQuote } from '../live/use-quote.ts';
import { usePreferences } from '../preferences/preferences-store.ts';
import { formatPercent, formatPrice } from '../ui/figures/format-figure.ts';
import { useFigureStyle } from '../ui/figures/use-figure-style.ts';

/** "AAPL 228.44 ▲ 1.22% · Holdfast" in the tab; only the name while amounts are hidden. */
export function useInstrumentTitle(instrument: Instrument): void {
  const { language } = useTranslation();
  const { style } = useFigureStyle();
  const { hideAmounts } = usePreferences();
  const quote = useQuote(instrument.symbol);
  useEffect(() => {
    const percent = quote?.changePercent ?? null;
    const arrow = percent === null || Math.abs(percent) < 0.005 ? '' : percent > 0 ? ' ▲' : ' ▼';
    const change = percent === null ? '' : `${arrow} ${formatPercent(Math.abs(percent), style)}`;
    const price =
      quote === undefined || hideAmounts ? '' : ` ${formatPrice(quote.last, style, { tickSize: instrument.tickSize })}${change}`;
    document.title = `${instrument.symbol}${price} · Holdfast`;
  }, [instrument, quote, style, hideAmounts, language]);
}
