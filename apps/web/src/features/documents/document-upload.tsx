import type { DocumentUsage, Portfolio } from '@holdfast/sdk';
import { useId, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatBytes } from '../../ui/figures/format-bytes.ts';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { Icon } from '../../ui/icon.tsx';
import { DocumentFields, type DocumentNotes } from './document-fields.tsx';
import { ACCEPTED_FILES, readYear } from './document-kinds.ts';
import { useSending, type Sent } from './use-sending.ts';
import '../../ui/files/drop-zone.css';
import './documents.css';

interface UploadProps {
  readonly portfolios: readonly Portfolio[];
  readonly usage: DocumentUsage | undefined;
}

/** Takes files by choice or by drop. What is chosen above holds for all of them and can be changed later for each. */
export function DocumentUpload({ portfolios, usage }: UploadProps) {
  const { t } = useTranslation();
  const sending = useSending(t);
  const [notes, setNotes] = useState<DocumentNotes>({ kind: 'tax', typedYear: '', portfolioId: '' });
  const taxYear = readYear(notes.typedYear);
  return (
    <section className="card stack" aria-labelledby="document-upload">
      <h2 id="document-upload">{t('documents.upload')}</h2>
      <DocumentFields notes={notes} onNotes={setNotes} portfolios={portfolios} />
      <DropZone
        isOff={taxYear === undefined}
        onFiles={(files) =>
          void sending.send(files, {
            kind: notes.kind,
            ...(notes.portfolioId === '' ? {} : { portfolioId: notes.portfolioId }),
            ...(taxYear === null || taxYear === undefined ? {} : { taxYear }),
          })
        }
      />
      <Room usage={usage} />
      {sending.sent.length > 0 && (
        <ul className="document-sending" aria-label={t('documents.sending')}>
          {sending.sent.map((each) => (
            <SentFile
              key={each.key}
              sent={each}
              onAgain={() => void sending.sendAgain(each)}
              onDismiss={() => {
                sending.dismiss(each.key);
              }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function DropZone({ isOff, onFiles }: { readonly isOff: boolean; readonly onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [over, setOver] = useState(false);
  const [round, setRound] = useState(0);
  const take = (files: FileList | null): void => {
    // A new input each time, so that the same file can be chosen again.
    setRound(round + 1);
    if (!isOff && files !== null && files.length > 0) onFiles([...files]);
  };
  return (
    <label
      htmlFor={id}
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Icon name="upload" size={22} />
      <span className="strong">{t('documents.choose')}</span>
      <span className="small faint">{t('documents.taken')}</span>
      <input
        id={id}
        key={round}
        type="file"
        multiple
        disabled={isOff}
        className="sr-only"
        accept={ACCEPTED_FILES}
        onChange={(event) => {
          take(event.target.files);
        }}
      />
    </label>
  );
}

function Room({ usage }: { readonly usage: DocumentUsage | undefined }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  if (usage === undefined) return null;
  const words = t('documents.usage', {
    count: usage.documents,
    documents: formatCount(usage.documents, style),
    used: formatBytes(usage.byteCount, style),
    quota: formatBytes(usage.quotaBytes, style),
    most: formatBytes(usage.mostBytes, style),
  });
  return (
    <div className="stack tight">
      <progress className="progress" aria-label={t('documents.room')} value={usage.byteCount} max={usage.quotaBytes} />
      <p className="small faint">{words}</p>
    </div>
  );
}

interface SentFileProps {
  readonly sent: Sent;
  readonly onAgain: () => void;
  readonly onDismiss: () => void;
}

function SentFile({ sent, onAgain, onDismiss }: SentFileProps) {
  const { t } = useTranslation();
  const { file, state, share, problem } = sent;
  return (
    <li className="stack tight">
      <div className="row between">
        <span className="truncate">{file.name}</span>
        <span className="row tight">
          <span role="status">
            <Badge look={state === 'failed' ? 'danger' : state === 'kept' ? 'ok' : 'accent'}>{t(`documents.state.${state}`)}</Badge>
          </span>
          {state === 'failed' && (
            <Button size="small" icon="refresh" onClick={onAgain}>
              {t('action.retry')}
            </Button>
          )}
          {state !== 'sending' && <IconButton icon="close" label={t('action.dismiss')} onClick={onDismiss} />}
        </span>
      </div>
      {state === 'sending' && <progress className="progress" aria-label={file.name} value={share} max={1} />}
      {problem !== null && (
        <p className="small danger-text" role="alert" lang="en">
          {problem}
        </p>
      )}
    </li>
  );
}
