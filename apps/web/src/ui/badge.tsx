import type { ReactNode } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';

export type BadgeLook = 'plain' | 'soft' | 'paper' | 'warn' | 'danger' | 'ok' | 'accent';

export function Badge({ look = 'plain', children }: { readonly look?: BadgeLook; readonly children: ReactNode }) {
  return <span className={look === 'plain' ? 'badge' : `badge ${look}`}>{children}</span>;
}

/** Practice money is marked wherever it could be taken for real money. */
export function PaperBadge({ name }: { readonly name?: string }) {
  const { t } = useTranslation();
  return <Badge look="paper">{name === undefined ? t('portfolio.paper') : `${t('portfolio.paper')} · ${name}`}</Badge>;
}
