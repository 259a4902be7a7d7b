import type { Performance } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Change } from '../../ui/figures/change.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatPercent } from '../../ui/figures/format-figure.ts';
import { formatMonth } from '../../ui/figures/format-age.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { EmptyState } from '../../ui/states.tsx';
import { heatOf, yearRows } from './month-rows.ts';
import './analysis.css';

/** Each month's time-weighted return: colour says the size, sign and figure say it without colour. */
export function MonthTable({ months }: { readonly months: Performance['months'] }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const rows = yearRows(months);
  if (rows.length === 0) return <EmptyState title={t('analysis.noMonths')}>{t('chart.tooShort')}</EmptyState>;
  const names = Array.from({ length: 12 }, (_, index) => formatMonth(`2026-${String(index + 1).padStart(2, '0')}`, style, 'short'));
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={t('analysis.months')}>
      <table className="table heat-table">
        <caption className="sr-only">{t('analysis.months')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('analysis.year')}</th>
            {names.map((name) => (
              <th key={name} scope="col" className="end">
                {name}
              </th>
            ))}
            <th scope="col" className="end">
              {t('analysis.wholeYear')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.year}>
              <th scope="row" className="figure">
                {row.year}
              </th>
              {row.months.map((value, index) => (
                <td key={names[index]} className={`end ${heatClass(value)}`}>
                  {value === null ? (
                    <span className="faint" aria-label={t('figure.notKnown')}>
                      ·
                    </span>
                  ) : (
                    <Figure>{formatPercent(value, style, { digits: 1, signed: true })}</Figure>
                  )}
                </td>
              ))}
              <td className="end strong">
                <Change percent={row.whole} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function heatClass(value: number | null): string {
  if (value === null) return '';
  const heat = heatOf(value);
  return heat === 0 ? '' : `heat-${value > 0 ? 'up' : 'down'}-${String(heat)}`;
}
