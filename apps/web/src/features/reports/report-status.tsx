import type { Report } from '@holdfast/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { stream } from '../../live/stream.ts';
import { showToast } from '../../ui/toast.tsx';
import './reports.css';

/** How much of a report is written, as the stream tells it. */
export function ReportStatus({ report, name }: { readonly report: Report; readonly name: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [progress, setProgress] = useState(report.progress);
  useEffect(
    () =>
      stream.subscribe(`reports:${report.id}`, (message) => {
        const fact = message.kind === 'restart' ? null : readFact(message.data);
        if (fact !== null) setProgress(fact.progress);
        if (fact?.status === 'done') showToast({ look: 'ok', text: t('reports.ready', { name }) });
        if (fact === null || fact.status === 'done' || fact.status === 'failed') void client.invalidateQueries({ queryKey: ['reports'] });
      }),
    [client, report.id, name, t],
  );
  return <progress className="progress report-progress" aria-label={t('reports.progress')} value={progress} max={1} />;
}

interface ReportFact {
  readonly status: string;
  readonly progress: number;
}

function readFact(fact: unknown): ReportFact | null {
  if (typeof fact !== 'object' || fact === null || !('status' in fact) || !('progress' in fact)) return null;
  return typeof fact.progress === 'number' && typeof fact.status === 'string' ? { status: fact.status, progress: fact.progress } : null;
}
