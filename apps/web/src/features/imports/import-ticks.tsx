import { isApiError } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { importsQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { DropZone } from '../../ui/files/drop-zone.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import './import-ticks.css';

/** Takes a CSV or zip of ticks by choice or by drop, and says what the server made of it. */
export function ImportTicks({ onStarted }: { readonly onStarted: (importId: string) => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const upload = useUpload((importId) => {
    setFile(null);
    onStarted(importId);
  });
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null) upload.mutate(file);
      }}
    >
      <h2>{t('imports.upload')}</h2>
      <p className="muted">{t('imports.format')}</p>
      <code className="header-line">Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest</code>
      <FormProblem text={upload.error === null ? null : describeError(upload.error, t).detail} />
      <DropZone
        file={file}
        prompt={t('imports.choose')}
        accept=".csv,.zip,text/csv,application/zip"
        onFile={(chosen) => {
          upload.reset();
          setFile(chosen);
        }}
      />
      <div className="row end">
        <Button type="submit" look="primary" icon="upload" disabled={file === null} busy={upload.isPending}>
          {t('imports.start')}
        </Button>
      </div>
    </form>
  );
}

function useUpload(onStarted: (importId: string) => void) {
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (chosen: File) => api.imports.uploadTicks(chosen, key),
    onSuccess: ({ importId }) => {
      onStarted(importId);
      void client.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
    onError: (error) => {
      // The same file again: what came of it the first time is the answer.
      if (isApiError(error) && typeof error.problem['existingId'] === 'string') onStarted(error.problem['existingId']);
    },
    onSettled: () => {
      setKey(newKey());
    },
  });
}
