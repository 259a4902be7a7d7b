import type { WatchlistItem } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Sparkline } from '../../ui/charts/sparkline.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Missing } from '../../ui/figures/figures.tsx';
import { formatPrice } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';

/** The closes of 30 days and the price now; in words for those who do not see it. */
export function ItemLine({ item }: { readonly item: WatchlistItem }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const live = approximate(useQuote(item.symbol)?.last ?? item.quote?.last);
  const values = Number.isFinite(live) ? [...item.sparkline, live] : item.sparkline;
  const [first, last] = [values[0], values.at(-1)];
  if (values.length < 2 || first === undefined || last === undefined) return <Missing reason={t('watch.noLine')} />;
  const price = (value: number): string => formatPrice(String(value), style, { currency: item.currency });
  return (
    <>
      <Sparkline values={values} />
      <span className="sr-only">{t('watch.lineOf', { symbol: item.symbol, first: price(first), last: price(last) })}</span>
    </>
  );
}
