import type { ReactNode } from 'react';
import { Explained } from './explained.tsx';

export interface Fact {
  readonly label: string;
  /** How the figure is worked out; left out where the label says it all. */
  readonly method?: string | undefined;
  readonly value: ReactNode;
}

/** Names and figures: side by side where there is room, or `list`, one below the other. */
export function Facts({ rows, look = 'grid' }: { readonly rows: readonly Fact[]; readonly look?: 'grid' | 'list' }) {
  return (
    <dl className={look === 'grid' ? 'facts' : 'facts-list'}>
      {rows.map(({ label, method, value }) => (
        <div className="fact" key={label}>
          <dt>{method === undefined ? label : <Explained label={label} method={method} />}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
