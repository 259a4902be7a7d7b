import type { Document } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { Moment } from '../../ui/figures/age.tsx';
import { formatBytes } from '../../ui/figures/format-bytes.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ACCEPTED_FILES } from './document-kinds.ts';
import { documentLink } from './document-link.ts';
import { documentsKey, documentVersionsQuery } from './document-queries.ts';
import '../../ui/files/drop-zone.css';

/** Every version with its size and day, the newest first, and the way to add one. */
export function DocumentVersions({ document }: { readonly document: Document }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const query = useQuery(documentVersionsQuery(document.id));
  return (
    <section className="stack" aria-labelledby="document-versions">
      <h3 id="document-versions">{t('documents.versions')}</h3>
      <Loaded query={query} height={80}>
        {(versions) => (
          <ul className="document-versions">
            {versions.map((each) => (
              <li key={each.version} className="row between">
                <span className="document-cell">
                  <a href={documentLink(document.id, { version: each.version })} download={each.fileName}>
                    {t('documents.versionNumber', { number: each.version })} · {each.fileName}
                  </a>
                  <span className="small faint">
                    <Moment at={each.createdAt} /> · {formatBytes(each.byteCount, style)}
                    {each.isMissing && ` · ${t('documents.missing')}`}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <NewVersion document={document} />
    </section>
  );
}

function NewVersion({ document }: { readonly document: Document }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = useId();
  const [share, setShare] = useState(0);
  const [round, setRound] = useState(0);
  const add = useMutation({
    mutationFn: (file: File) => api.documents.addVersion(document.id, file, { key: newKey(), onProgress: setShare }),
    onSuccess: async () => {
      showToast({ look: 'ok', text: t('documents.versionAdded') });
      await client.invalidateQueries({ queryKey: documentsKey });
    },
    onSettled: () => {
      setShare(0);
      setRound(round + 1);
    },
  });
  return (
    <>
      <FormProblem text={add.error === null ? null : describeError(add.error, t).detail} />
      {add.isPending ? (
        <progress className="progress" aria-label={t('documents.sending')} value={share} max={1} />
      ) : (
        <label className="drop-zone" htmlFor={id}>
          <Icon name="plus" size={18} />
          <span className="strong">{t('documents.addVersion')}</span>
          <input
            id={id}
            key={round}
            type="file"
            className="sr-only"
            accept={ACCEPTED_FILES}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) add.mutate(file);
            }}
          />
        </label>
      )}
    </>
  );
}
