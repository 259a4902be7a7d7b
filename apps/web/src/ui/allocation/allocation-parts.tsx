import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Percent } from '../figures/figures.tsx';
import { roundedWeights } from '../figures/format-figure.ts';
import { EmptyState } from '../states.tsx';
import { foldSlices, type ShownSlice, type Slice } from './fold-slices.ts';

/** How a value is spread: a bar with a list, never a pie. */
export function AllocationParts({ slices, by }: { readonly slices: readonly Slice[]; readonly by: string }) {
  const { t } = useTranslation();
  const shown = foldSlices(slices);
  const weights = roundedWeights(shown.map((slice) => slice.weight));
  if (shown.length === 0) return <EmptyState title={t('allocation.empty')} />;
  return (
    <>
      <AllocationBar slices={slices} />
      <ul className="legend">
        {shown.map((slice, index) => (
          <li key={slice.key}>
            <span>
              <span className={`swatch ${colourOf(slice)}`} aria-hidden="true" />
              {slice.colour === null ? t('allocation.other') : nameOfPart(slice.key, by, t)}
            </span>
            <Percent value={weights[index] ?? null} digits={1} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Six parts and the rest, as wide as their weights. The figures stand beside it in words. */
export function AllocationBar({ slices }: { readonly slices: readonly Slice[] }) {
  return (
    <div className="allocation-bar" aria-hidden="true">
      {foldSlices(slices).map((slice) => (
        <span key={slice.key} className={colourOf(slice)} style={{ flexGrow: Math.max(slice.weight, 0.001) }} />
      ))}
    </div>
  );
}

function colourOf(slice: ShownSlice): string {
  return slice.colour === null ? 'category-other' : `category-${String(slice.colour)}`;
}

const CLASSES = ['stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other'] as const;

/** A part in the reader's words: classes have names, countries have them in the reader's language. */
export function nameOfPart(key: string, by: string, t: Translate): string {
  if (key === '' || key === 'unknown') return t('analysis.unknownKey');
  if (key === 'cash') return t('assetClass.cash');
  const known = CLASSES.find((name) => name === key);
  return by === 'assetClass' && known !== undefined ? t(`assetClass.${known}`) : key;
}
