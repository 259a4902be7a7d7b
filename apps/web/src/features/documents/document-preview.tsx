import type { DocumentVersion } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { documentLink } from './document-link.ts';

interface PreviewProps {
  readonly id: string;
  readonly name: string;
  readonly shown: Pick<DocumentVersion, 'version' | 'mediaType' | 'canPreview' | 'isMissing'>;
}

/** A look at a document, where a browser can show it safely: the server sends it without scripts and without an origin. */
export function DocumentPreview({ id, name, shown }: PreviewProps) {
  const { t } = useTranslation();
  if (shown.isMissing) return <p className="danger-text">{t('documents.missingText')}</p>;
  if (!shown.canPreview) return <p className="muted">{t('documents.noPreview')}</p>;
  const link = documentLink(id, { version: shown.version, preview: true });
  if (shown.mediaType.startsWith('image/')) return <img className="document-preview" src={link} alt={name} />;
  const title = t('documents.previewOf', { name });
  if (shown.mediaType === 'application/pdf') return <iframe className="document-preview" src={link} title={title} />;
  return <iframe className="document-preview" src={link} title={title} sandbox="" />;
}
