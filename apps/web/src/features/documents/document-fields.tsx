import type { DocumentKind, Portfolio } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { DOCUMENT_KINDS, readYear } from './document-kinds.ts';

/** What is noted about a document, as it stands in a form. */
export interface DocumentNotes {
  readonly kind: DocumentKind;
  readonly typedYear: string;
  /** Empty for none. */
  readonly portfolioId: string;
}

interface FieldsProps {
  readonly notes: DocumentNotes;
  readonly onNotes: (notes: DocumentNotes) => void;
  readonly portfolios: readonly Portfolio[];
}

export function DocumentFields({ notes, onNotes, portfolios }: FieldsProps) {
  const { t } = useTranslation();
  const set = (change: Partial<DocumentNotes>): void => {
    onNotes({ ...notes, ...change });
  };
  return (
    <div className="document-notes">
      <SelectField
        label={t('documents.kindTitle')}
        value={notes.kind}
        onChange={(event) => {
          set({ kind: DOCUMENT_KINDS.find((known) => known === event.target.value) ?? 'other' });
        }}
      >
        {DOCUMENT_KINDS.map((known) => (
          <option key={known} value={known}>
            {t(`documents.kind.${known}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('documents.taxYear')}
        optional={t('form.optional')}
        inputMode="numeric"
        maxLength={4}
        value={notes.typedYear}
        problem={readYear(notes.typedYear) === undefined ? t('documents.badYear') : undefined}
        onChange={(event) => {
          set({ typedYear: event.target.value });
        }}
      />
      <SelectField
        label={t('documents.portfolio')}
        optional={t('form.optional')}
        value={notes.portfolioId}
        onChange={(event) => {
          set({ portfolioId: event.target.value });
        }}
      >
        <option value="">{t('documents.noPortfolio')}</option>
        {portfolios.map((portfolio) => (
          <option key={portfolio.id} value={portfolio.id}>
            {portfolio.name}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
