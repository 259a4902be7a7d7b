import type { AdminInstrumentQuery, Instrument, InstrumentChange } from '@holdfast/sdk';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { clearOf, type AdminViewProps } from './admin-address.ts';
import { ListTools } from './list-tools.tsx';
import { PagedList } from './paged-list.tsx';
import { useAdminChange } from './use-admin-change.ts';

const STATES = ['active', 'inactive'] as const;

/** What can be held or followed by everybody: its particulars, and whether it is traded. */
export function InstrumentList({ address, onAddress }: AdminViewProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Instrument | null>(null);
  const status = STATES.find((known) => known === address.kind) ?? 'all';
  const query: AdminInstrumentQuery = { status, ...(address.search === undefined ? {} : { search: address.search }) };
  return (
    <>
      <PagedList
        title={t('admin.view.instruments')}
        onClear={clearOf({ address, onAddress })}
        queryKey={['instruments', query]}
        fetchPage={async (cursor, signal) => {
          const page = await api.admin.instruments(cursor === undefined ? query : { ...query, cursor }, signal);
          return { ...page, items: page.items.filter((row) => !row.private) };
        }}
        rowKey={(row) => row.id}
        columns={useColumns(setEdited)}
      >
        <ListTools
          {...{ address, onAddress }}
          searchLabel={t('admin.instruments.search')}
          kindLabel={t('admin.instruments.status')}
          allKinds={t('admin.instruments.allStatuses')}
          kinds={STATES.map((value) => ({ value, label: t(`admin.instruments.${value}`) }))}
        />
      </PagedList>
      <Dialog
        open={edited !== null}
        title={edited?.symbol ?? ''}
        onClose={() => {
          setEdited(null);
        }}
      >
        {edited !== null && (
          <InstrumentForm
            instrument={edited}
            onDone={() => {
              setEdited(null);
            }}
          />
        )}
      </Dialog>
    </>
  );
}

function useColumns(onEdit: (instrument: Instrument) => void): Column<Instrument>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'symbol',
      header: t('admin.instruments.symbol'),
      cell: (row) => (
        <div className="admin-cell">
          <span className="strong">{addressOf(row)}</span>
          <span className="small faint">
            {row.name} {row.status === 'inactive' && <Badge look="warn">{t('admin.instruments.inactive')}</Badge>}
          </span>
        </div>
      ),
    },
    { id: 'sector', header: t('admin.instruments.sector'), wideOnly: true, cell: (row) => row.sector },
    { id: 'country', header: t('admin.instruments.country'), wideOnly: true, cell: (row) => row.country },
    { id: 'currency', header: t('admin.instruments.currency'), wideOnly: true, cell: (row) => row.currency },
    { id: 'source', header: t('admin.source'), wideOnly: true, cell: (row) => row.source },
    {
      id: 'actions',
      header: t('table.actions'),
      end: true,
      cell: (row) => (
        <div className="admin-actions">
          <Button
            size="small"
            icon="edit"
            onClick={() => {
              onEdit(row);
            }}
          >
            {t('admin.instruments.edit')}
          </Button>
          <StatusButton instrument={row} />
        </div>
      ),
    },
  ];
}

/** A symbol may be listed at several exchanges. */
function addressOf({ symbol, exchange }: Instrument): string {
  return exchange === null ? symbol : `${symbol}.${exchange}`;
}

function StatusButton({ instrument }: { readonly instrument: Instrument }) {
  const { t } = useTranslation();
  const isActive = instrument.status === 'active';
  const change = useAdminChange(
    (status: 'active' | 'inactive') => api.admin.changeInstrument(addressOf(instrument), { status }),
    () => t('state.saved'),
  );
  return (
    <Button
      size="small"
      look={isActive ? 'plain' : 'normal'}
      busy={change.isPending}
      onClick={() => {
        change.mutate(isActive ? 'inactive' : 'active');
      }}
    >
      {isActive ? t('admin.instruments.deactivate') : t('admin.instruments.reactivate')}
    </Button>
  );
}

function InstrumentForm({ instrument, onDone }: { readonly instrument: Instrument; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(instrument.name);
  const [sector, setSector] = useState(instrument.sector ?? '');
  const [country, setCountry] = useState(instrument.country ?? '');
  const change = useAdminChange(
    async (asked: InstrumentChange) => {
      await api.admin.changeInstrument(addressOf(instrument), asked);
      onDone();
    },
    () => t('state.saved'),
  );
  const isCountry = country === '' || /^[A-Z]{2}$/.test(country);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '' || !isCountry) return;
        change.mutate({ name: name.trim(), sector: sector.trim() === '' ? null : sector.trim(), country: country === '' ? null : country });
      }}
    >
      <TextField
        label={t('admin.instruments.name')}
        maxLength={200}
        value={name}
        problem={name.trim() === '' ? t('form.required') : undefined}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label={t('admin.instruments.sector')}
        optional={t('form.optional')}
        maxLength={100}
        value={sector}
        onChange={(event) => {
          setSector(event.target.value);
        }}
      />
      <TextField
        label={t('admin.instruments.country')}
        optional={t('form.optional')}
        maxLength={2}
        value={country}
        problem={isCountry ? undefined : t('admin.instruments.badCountry')}
        onChange={(event) => {
          setCountry(event.target.value.toUpperCase());
        }}
      />
      <div className="row end">
        <Button type="submit" look="primary" busy={change.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
