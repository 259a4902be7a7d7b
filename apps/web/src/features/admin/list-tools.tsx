import type { ReactNode } from 'react';
import { SearchBox } from '../../ui/search-box.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import type { AdminViewProps } from './admin-address.ts';

interface ToolsProps extends AdminViewProps {
  readonly searchLabel: string;
  readonly kindLabel: string;
  readonly allKinds: string;
  readonly kinds: readonly { readonly value: string; readonly label: string }[];
  readonly children?: ReactNode;
}

/** Search and one choice; what is chosen stands in the address. */
export function ListTools({ address, onAddress, searchLabel, kindLabel, allKinds, kinds, children }: ToolsProps) {
  return (
    <div className="toolbar" role="search" aria-label={searchLabel}>
      <SearchBox
        label={searchLabel}
        value={address.search ?? ''}
        onChange={(search) => {
          onAddress({ ...address, search: search === '' ? undefined : search });
        }}
      />
      {kinds.length > 0 && (
        <ChoiceBox
          label={kindLabel}
          all={allKinds}
          value={address.kind}
          options={kinds}
          onChoose={(kind) => {
            onAddress({ ...address, kind });
          }}
        />
      )}
      {children}
    </div>
  );
}
