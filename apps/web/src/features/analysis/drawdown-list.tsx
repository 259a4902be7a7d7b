import type { Performance } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Change } from '../../ui/figures/change.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatDay } from '../../ui/figures/format-age.ts';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { EmptyState } from '../../ui/states.tsx';
import { DataTable } from '../../ui/tables/data-table.tsx';

type Drawdown = Performance['drawdowns'][number];
const DAY_MS = 86_400_000;

/** The deepest falls from a peak, with the days they began, turned and were made good. */
export function DrawdownList({ drawdowns }: { readonly drawdowns: readonly Drawdown[] }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  if (drawdowns.length === 0) return <EmptyState title={t('analysis.noDrawdowns')}>{t('analysis.noDrawdownsText')}</EmptyState>;
  return (
    <DataTable
      caption={t('analysis.drawdowns')}
      rows={drawdowns}
      rowKey={(row) => row.peakOn}
      columns={[
        { id: 'depth', header: t('analysis.depth'), method: t('method.drawdown'), cell: (row) => <Change percent={-row.depth * 100} /> },
        { id: 'peak', header: t('analysis.peak'), end: true, cell: (row) => <Figure>{formatDay(row.peakOn, style)}</Figure> },
        { id: 'trough', header: t('analysis.trough'), end: true, cell: (row) => <Figure>{formatDay(row.troughOn, style)}</Figure> },
        {
          id: 'recovered',
          header: t('analysis.recovered'),
          end: true,
          cell: (row) =>
            row.recoveredOn === null ? (
              <span className="muted">{t('analysis.notRecovered')}</span>
            ) : (
              <Figure>{formatDay(row.recoveredOn, style)}</Figure>
            ),
        },
        {
          id: 'days',
          header: t('analysis.daysBelow'),
          end: true,
          wideOnly: true,
          cell: (row) => (row.recoveredOn === null ? '' : <Figure>{formatCount(daysOf(row.peakOn, row.recoveredOn), style)}</Figure>),
        },
      ]}
    />
  );
}

function daysOf(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
