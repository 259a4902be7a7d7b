import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { portfoliosQuery } from '../api/queries.ts';
import { DocumentDetails } from '../features/documents/document-details.tsx';
import { DocumentList, type DocumentFilter } from '../features/documents/document-list.tsx';
import { documentUsageQuery } from '../features/documents/document-queries.ts';
import { DocumentUpload } from '../features/documents/document-upload.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { readAddress } from '../shell/address.ts';
import { documentsRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Filter, order and the open document stand in the address. */
export function DocumentsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, ...filter } = documentsRoute.useSearch();
  const { data: portfolios = [] } = useQuery(portfoliosQuery);
  const { data: usage } = useQuery(documentUsageQuery);
  useTitle(t('nav.documents'));
  const go = (next: DocumentFilter & { readonly id?: string }): void => {
    void navigate({ to: '/documents', search: readAddress({ ...next }), replace: true });
  };
  return (
    <div className="page">
      <div>
        <h1>{t('nav.documents')}</h1>
        <p className="muted">{t('documents.lead')}</p>
      </div>
      <DocumentUpload portfolios={portfolios} usage={usage} />
      <DocumentList
        filter={filter}
        onFilter={go}
        onOpen={(opened) => {
          go({ ...filter, id: opened });
        }}
        portfolios={portfolios}
        usage={usage}
      />
      <Dialog
        look="sheet"
        open={id !== undefined}
        title={t('documents.one')}
        onClose={() => {
          go(filter);
        }}
      >
        {id !== undefined && (
          <DocumentDetails
            key={id}
            id={id}
            portfolios={portfolios}
            onGone={() => {
              go(filter);
            }}
          />
        )}
      </Dialog>
    </div>
  );
}
