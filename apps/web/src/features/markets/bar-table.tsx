import type { BarSeries, Instrument } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Price } from '../../ui/figures/figures.tsx';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { Pagination } from '../../ui/tables/pagination.tsx';
import { useBarWords } from './use-bar-words.ts';

const PAGE_SIZE = 20;

/** The chart as a table, newest first, beginning with the same sentence. */
export function BarTable({ series, instrument }: { readonly series: BarSeries; readonly instrument: Instrument }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const [page, setPage] = useState(0);
  const { summary, when } = useBarWords(series, instrument);
  const bars = series.bars.toReversed();
  const { tickSize } = instrument;
  const shown = Math.min(page, Math.max(0, Math.ceil(bars.length / PAGE_SIZE) - 1));
  return (
    <div className="stack tight">
      <p className="muted">{summary}</p>
      <DataTable
        caption={t('chart.tableCaption', { symbol: instrument.symbol })}
        rows={bars.slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE)}
        rowKey={(bar) => bar.at}
        columns={[
          { id: 'at', header: t('chart.at'), cell: (bar) => <span className="figure">{when(bar)}</span> },
          { id: 'open', header: t('quote.open'), end: true, wideOnly: true, cell: (bar) => <Price value={bar.open} tickSize={tickSize} /> },
          { id: 'high', header: t('quote.high'), end: true, cell: (bar) => <Price value={bar.high} tickSize={tickSize} /> },
          { id: 'low', header: t('quote.low'), end: true, cell: (bar) => <Price value={bar.low} tickSize={tickSize} /> },
          { id: 'close', header: t('quote.close'), end: true, cell: (bar) => <Price value={bar.close} tickSize={tickSize} /> },
          {
            id: 'volume',
            header: t('quote.volume'),
            end: true,
            wideOnly: true,
            cell: (bar) => <span className="figure">{formatCount(bar.volume, style)}</span>,
          },
        ]}
      />
      <Pagination page={shown} pageSize={PAGE_SIZE} count={bars.length} onPage={setPage} />
    </div>
  );
}
