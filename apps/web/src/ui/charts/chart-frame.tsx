import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../button.tsx';
import { saveCsv, saveFile } from '../files/save-file.ts';
import { writeCsv } from '../files/write-csv.ts';
import { LoadingState } from '../states.tsx';
import { DataTable } from '../tables/data-table.tsx';
import { Pagination } from '../tables/pagination.tsx';
import type { CanvasHandle } from './canvas-chart.tsx';
import type { ChartSpec } from './chart-spec.ts';

/** The library is fetched when the first of its charts is shown, never with the first page. */
const CanvasChart = lazy(() => import('./canvas-chart.tsx').then((module) => ({ default: module.CanvasChart })));

interface ChartFrameProps {
  readonly name: string;
  readonly spec: ChartSpec;
  readonly summary: string;
  readonly idle?: string;
  readonly height?: 'low' | 'normal';
  /** Choices that belong to the chart, at the start of the line below it. */
  readonly children?: ReactNode;
}

const PAGE_SIZE = 25;
const HEIGHTS = { low: 160, normal: 280 } as const;

/** A chart, the same as a table, and both as files. */
export function ChartFrame({ name, spec, summary, idle = '', height = 'normal', children }: ChartFrameProps) {
  const { t } = useTranslation();
  const chart = useRef<CanvasHandle>(null);
  const [asTable, setAsTable] = useState(false);
  return (
    <div className="stack tight chart-frame">
      {spec.series.length > 1 && !asTable && <Legend spec={spec} />}
      {asTable ? (
        <ChartTable name={name} spec={spec} summary={summary} />
      ) : (
        <Suspense fallback={<LoadingState height={HEIGHTS[height] + 24} />}>
          <CanvasChart ref={chart} spec={spec} summary={`${summary} ${t('chart.walkHint')}`} idle={idle} height={height} />
        </Suspense>
      )}
      <div className="row between">
        <div className="row tight grow">{children}</div>
        <div className="row tight chart-tools">
          <Button
            size="small"
            aria-pressed={asTable}
            onClick={() => {
              setAsTable(!asTable);
            }}
          >
            {t('chart.kinds.table')}
          </Button>
          {!asTable && (
            <Button
              size="small"
              aria-label={t('chart.savePicture', { name })}
              onClick={() =>
                void chart.current?.picture().then((picture) => {
                  if (picture !== null) saveFile(`${name}.png`, picture);
                })
              }
            >
              PNG
            </Button>
          )}
          <Button
            size="small"
            disabled={spec.hidden === true}
            aria-label={t('chart.saveTable', { name })}
            onClick={() => {
              saveCsv(name, csvOf(spec, t('chart.at')));
            }}
          >
            CSV
          </Button>
        </div>
      </div>
    </div>
  );
}

function csvOf(spec: ChartSpec, first: string): string {
  const header = [first, ...spec.series.map((series) => series.label)];
  return writeCsv(
    header,
    spec.labels.map((label, index) => [label, ...spec.series.map((series) => series.values[index] ?? null)]),
  );
}

function Legend({ spec }: { readonly spec: ChartSpec }) {
  return (
    <p className="row tight small muted" aria-hidden="true">
      {spec.series.map((series) => (
        <span key={series.id} className="row tight">
          <span className={`line-sample ${series.look}`} /> {series.label}
        </span>
      ))}
    </p>
  );
}

function ChartTable({ name, spec, summary }: { readonly name: string; readonly spec: ChartSpec; readonly summary: string }) {
  const { t } = useTranslation();
  const [wanted, setPage] = useState(0);
  const rows = spec.labels.map((label, index) => ({ label, index })).toReversed();
  const page = Math.min(wanted, Math.max(0, Math.ceil(rows.length / PAGE_SIZE) - 1));
  return (
    <div>
      <p className="muted">{summary}</p>
      <DataTable
        caption={name}
        rows={rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)}
        rowKey={(row) => row.label}
        columns={[
          { id: 'at', header: t('chart.at'), cell: (row) => <span className="figure">{spec.formatLabel(row.label)}</span> },
          ...spec.series.map((series) => ({
            id: series.id,
            header: series.label,
            end: true,
            cell: (row: { readonly index: number }) => {
              const value = series.values[row.index];
              return <bdi className="figure">{value === null || value === undefined ? '—' : spec.format(value)}</bdi>;
            },
          })),
        ]}
      />
      <Pagination page={page} pageSize={PAGE_SIZE} count={rows.length} onPage={setPage} />
    </div>
  );
}
