import type { Document, Portfolio } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { DocumentFields, type DocumentNotes } from './document-fields.tsx';
import { readYear } from './document-kinds.ts';
import { documentLink } from './document-link.ts';
import { DocumentPreview } from './document-preview.tsx';
import { documentQuery, documentsKey } from './document-queries.ts';
import { DocumentVersions } from './document-versions.tsx';
import { RemoveDocument } from './remove-document.tsx';
import './documents.css';

interface DetailsProps {
  readonly id: string;
  readonly portfolios: readonly Portfolio[];
  readonly onGone: () => void;
}

/** One document: a look at it, what is noted about it, its versions, and the way to be rid of it. */
export function DocumentDetails({ id, portfolios, onGone }: DetailsProps) {
  const { t } = useTranslation();
  const query = useQuery(documentQuery(id));
  return (
    <Loaded query={query} height={320}>
      {(document) => (
        <div className="stack">
          <DocumentPreview id={id} name={document.name} shown={document} key={document.version} />
          <div className="row">
            <a className="button" href={documentLink(id)} download={document.fileName}>
              <Icon name="download" size={16} /> {t('documents.download')}
            </a>
            {document.canPreview && !document.isMissing && (
              <a className="button plain" href={documentLink(id, { preview: true })} target="_blank" rel="noreferrer">
                {t('documents.openTab')}
              </a>
            )}
          </div>
          <NotesForm key={document.updatedAt} document={document} portfolios={portfolios} />
          <DocumentVersions document={document} />
          <RemoveDocument document={document} onGone={onGone} />
        </div>
      )}
    </Loaded>
  );
}

function NotesForm({ document, portfolios }: { readonly document: Document; readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(document.name);
  const [notes, setNotes] = useState<DocumentNotes>({
    kind: document.kind,
    typedYear: document.taxYear === null ? '' : String(document.taxYear),
    portfolioId: document.portfolioId ?? '',
  });
  const [note, setNote] = useState(document.note ?? '');
  const taxYear = readYear(notes.typedYear);
  const save = useMutation({
    mutationFn: () =>
      api.documents.change(document.id, {
        name: name.trim(),
        kind: notes.kind,
        taxYear: taxYear ?? null,
        portfolioId: notes.portfolioId === '' ? null : notes.portfolioId,
        note: note.trim() === '' ? null : note.trim(),
      }),
    onSuccess: async () => {
      showToast({ look: 'ok', text: t('state.saved') });
      await client.invalidateQueries({ queryKey: documentsKey });
    },
  });
  const ready = name.trim() !== '' && taxYear !== undefined;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      <TextField
        label={t('documents.name')}
        maxLength={200}
        value={name}
        problem={name.trim() === '' ? t('form.required') : undefined}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <DocumentFields notes={notes} onNotes={setNotes} portfolios={portfolios} />
      <TextField
        label={t('documents.note')}
        optional={t('form.optional')}
        maxLength={2000}
        value={note}
        onChange={(event) => {
          setNote(event.target.value);
        }}
      />
      <div className="row end">
        <Button type="submit" look="primary" disabled={!ready} busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
