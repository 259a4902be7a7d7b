import type { BarSeries, Instrument } from '@holdfast/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { saveCsv, saveFile } from '../../ui/files/save-file.ts';
import { writeCsv } from '../../ui/files/write-csv.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { EmptyState, Loaded, LoadingState, Notice } from '../../ui/states.tsx';
import { BarTable } from './bar-table.tsx';
import type { Overlay } from './chart-extras.ts';
import { barsOf, CHART_RANGES, type ChartRange } from './chart-range.ts';
import { ChartTools } from './chart-tools.tsx';
import type { PictureHandle } from './price-chart.tsx';
import { useChartExtras, type ChartWishes } from './use-chart-extras.ts';

/** The charting library is fetched when a chart is first shown, never with the first page. */
const PriceChart = lazy(() => import('./price-chart.tsx').then((module) => ({ default: module.PriceChart })));

export type ChartKind = 'line' | 'candles' | 'table';

interface PricePanelProps {
  readonly instrument: Instrument;
  readonly range: ChartRange;
  readonly kind: ChartKind;
  readonly wishes: ChartWishes;
  readonly onRange: (range: ChartRange) => void;
  readonly onKind: (kind: ChartKind) => void;
  readonly onWishes: (wishes: ChartWishes) => void;
}

export const CHART_HEIGHT = 360;

/** Price and volume, what was laid over them, and the own trades on them. */
export function PricePanel({ instrument, range, kind, wishes, onRange, onKind, onWishes }: PricePanelProps) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const chart = useRef<PictureHandle>(null);
  const request = barsOf(range, now);
  const { symbol } = instrument;
  const query = useQuery({
    queryKey: ['bars', symbol, request],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.market.listBars(symbol, request, signal),
  });
  const { extrasOf, overlays, error } = useChartExtras(instrument, request, wishes);
  return (
    <div className="stack tight">
      <ChartTools
        instrument={instrument}
        wishes={wishes}
        onWishes={onWishes}
        drawn={kind !== 'table'}
        onPicture={() =>
          void chart.current?.picture().then((picture) => {
            if (picture !== null) saveFile(`${symbol} ${range}.png`, picture);
          })
        }
        onTable={() => {
          if (query.data !== undefined) saveCsv(`${symbol} ${range}`, csvOf(query.data, overlays));
        }}
      />
      <Loaded query={query} height={CHART_HEIGHT}>
        {(series) =>
          series.bars.length === 0 ? (
            <EmptyState title={t('chart.noBars')}>{t('chart.noBarsText')}</EmptyState>
          ) : kind === 'table' ? (
            <BarTable series={series} instrument={instrument} />
          ) : (
            <Suspense fallback={<LoadingState height={CHART_HEIGHT} />}>
              <PriceChart ref={chart} series={series} extras={extrasOf(series)} instrument={instrument} kind={kind} />
            </Suspense>
          )
        }
      </Loaded>
      {kind !== 'table' && <OverlayLegend overlays={overlays.filter(({ pane }) => pane === null)} />}
      {error !== null && <Notice look="warn">{t('chart.indicatorsFailed')}</Notice>}
      <div className="row between">
        <Segmented
          label={t('chart.range')}
          value={range}
          onChange={onRange}
          options={CHART_RANGES.map((value) => ({ value, label: t(`chart.ranges.${value}`) }))}
        />
        <Segmented
          label={t('chart.kind')}
          value={kind}
          onChange={onKind}
          options={(['line', 'candles', 'table'] as const).map((value) => ({ value, label: t(`chart.kinds.${value}`) }))}
        />
      </div>
      {query.data?.limitedTo !== undefined && query.data.limitedTo !== null && (
        <Notice>{t('chart.limited', { count: query.data.limitedTo.days })}</Notice>
      )}
    </div>
  );
}

function OverlayLegend({ overlays }: { readonly overlays: readonly Overlay[] }) {
  if (overlays.length === 0) return null;
  return (
    <p className="row tight small muted">
      {overlays.map((overlay) => (
        <span key={overlay.id} className="row tight">
          <span className={`overlay-sample category-${String(overlay.colour)}`} aria-hidden="true" /> {overlay.label}
        </span>
      ))}
    </p>
  );
}

/** The bars as they are shown, with the indicators beside them. */
function csvOf(series: BarSeries, overlays: readonly Overlay[]): string {
  const columns = overlays.map((overlay) => new Map(overlay.at.map((at, index) => [at, overlay.values[index] ?? null])));
  return writeCsv(
    ['at', 'open', 'high', 'low', 'close', 'volume', ...overlays.map(({ id }) => id)],
    series.bars.map((bar) => [
      bar.at,
      bar.open,
      bar.high,
      bar.low,
      bar.close,
      bar.volume,
      ...columns.map((column) => column.get(bar.at) ?? null),
    ]),
  );
}
