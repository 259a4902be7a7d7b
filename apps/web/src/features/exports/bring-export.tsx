import type { AccountImport } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { DropZone } from '../../ui/files/drop-zone.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';

/** Takes the file of an export and says what came of it. */
export function BringExport() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const bring = useMutation({
    mutationFn: (chosen: File) => api.exports.bringIn(chosen, setShare),
    onSuccess: async () => {
      setFile(null);
      // Nearly every list of the app has new rows.
      await client.invalidateQueries();
    },
  });
  return (
    <form
      className="card"
      aria-labelledby="bring-export"
      onSubmit={(event) => {
        event.preventDefault();
        if (file === null) return;
        setShare(0);
        bring.mutate(file);
      }}
    >
      <h2 id="bring-export">{t('exports.bringTitle')}</h2>
      <p className="muted">{t('exports.bringLead')}</p>
      <FormProblem text={bring.error === null ? null : describeError(bring.error, t).detail} />
      <DropZone
        file={file}
        prompt={t('exports.choose')}
        accept=".zip,application/zip"
        onFile={(chosen) => {
          bring.reset();
          setFile(chosen);
        }}
      />
      {bring.isPending && <progress className="progress" aria-label={t('exports.sending')} value={share} max={1} />}
      {bring.data !== undefined && <Brought brought={bring.data} />}
      <div className="row end">
        <Button type="submit" look="primary" icon="upload" disabled={file === null} busy={bring.isPending}>
          {t('exports.bring')}
        </Button>
      </div>
    </form>
  );
}

function Brought({ brought }: { readonly brought: AccountImport }) {
  const { t } = useTranslation();
  const { leftOut, ...counts } = brought;
  return (
    <div role="status">
      <p>{t('exports.brought', counts)}</p>
      {leftOut.length > 0 && (
        <>
          <h3>{t('exports.leftOut')}</h3>
          <ul>
            {leftOut.map(({ kind, name, reason }, at) => (
              <li key={at}>
                {t(`exports.kinds.${kind}`)} <span className="strong">{name}</span>: <span lang="en">{reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
