import type { WatchlistItem } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Change } from '../../ui/figures/change.tsx';
import { Price } from '../../ui/figures/figures.tsx';
import { targetDistance } from './target-distance.ts';

/** The target and how far the live price is from it. */
export function ItemTarget({ item }: { readonly item: WatchlistItem }) {
  const { t } = useTranslation();
  const quote = useQuote(item.symbol);
  if (item.targetPrice === null) return <span className="small faint">{t('watch.noTarget')}</span>;
  const distance = targetDistance(quote?.last ?? item.quote?.last, item.targetPrice);
  return (
    <div className="cell-stack">
      <Price value={item.targetPrice} currency={item.currency} />
      <span className="small">{distance === 0 ? t('watch.reached') : <Change percent={distance} />}</span>
    </div>
  );
}
