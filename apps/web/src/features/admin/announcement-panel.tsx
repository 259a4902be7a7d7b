import type { Announcement, NewAnnouncement } from '@holdfast/sdk';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, SelectField, TextField } from '../../ui/field.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { PagedList } from './paged-list.tsx';
import { useAdminChange } from './use-admin-change.ts';

const AUDIENCES = ['all', 'standard', 'premium', 'admin'] as const satisfies readonly Announcement['audience'][];
const SEVERITIES = ['info', 'warning', 'critical'] as const satisfies readonly Announcement['severity'][];
const LANGUAGES = ['en', 'de'] as const;
const EMPTY: NewAnnouncement = { audience: 'all', severity: 'info', en: { title: '', body: '' }, de: { title: '', body: '' } };

/** Words to all users or to those of one role, in both languages, and those that were said before. */
export function AnnouncementPanel() {
  const { t } = useTranslation();
  return (
    <>
      <AnnouncementForm />
      <PagedList
        title={t('admin.announcements.earlier')}
        queryKey={['announcements']}
        fetchPage={(cursor, signal) => api.admin.announcements(cursor === undefined ? {} : { cursor }, signal)}
        rowKey={(row) => row.id}
        columns={useColumns()}
        refetchMs={10_000}
      >
        {null}
      </PagedList>
    </>
  );
}

function AnnouncementForm() {
  const { t } = useTranslation();
  const [words, setWords] = useState(EMPTY);
  const [key, setKey] = useState(newKey);
  const send = useAdminChange(
    async (asked: NewAnnouncement) => {
      await api.admin.announce(asked, key);
      setWords(EMPTY);
      setKey(newKey());
    },
    () => t('admin.announcements.sent'),
  );
  const ready = LANGUAGES.every((language) => words[language].title.trim() !== '');
  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send.mutate(words);
      }}
    >
      <h2>{t('admin.announcements.new')}</h2>
      <div className="row">
        <SelectField
          label={t('admin.announcements.audience')}
          value={words.audience}
          onChange={(event) => {
            setWords({ ...words, audience: AUDIENCES.find((known) => known === event.target.value) ?? 'all' });
          }}
        >
          {AUDIENCES.map((audience) => (
            <option key={audience} value={audience}>
              {audience === 'all' ? t('admin.announcements.everybody') : t(`account.role.${audience}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('admin.announcements.severity')}
          value={words.severity}
          onChange={(event) => {
            setWords({ ...words, severity: SEVERITIES.find((known) => known === event.target.value) ?? 'info' });
          }}
        >
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {t(`admin.announcements.severities.${severity}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {LANGUAGES.map((language) => (
        <WordFields
          key={language}
          language={language}
          words={words[language]}
          onWords={(said) => {
            setWords({ ...words, [language]: said });
          }}
        />
      ))}
      <div className="row end">
        <Button type="submit" look="primary" disabled={!ready} busy={send.isPending}>
          {t('admin.announcements.send')}
        </Button>
      </div>
    </form>
  );
}

interface WordFieldsProps {
  readonly language: (typeof LANGUAGES)[number];
  readonly words: NewAnnouncement['en'];
  readonly onWords: (words: NewAnnouncement['en']) => void;
}

function WordFields({ language, words, onWords }: WordFieldsProps) {
  const { t } = useTranslation();
  const name = t(`admin.announcements.language.${language}`);
  return (
    <>
      <TextField
        label={t('admin.announcements.titleIn', { language: name })}
        lang={language}
        maxLength={120}
        value={words.title}
        onChange={(event) => {
          onWords({ ...words, title: event.target.value });
        }}
      />
      <Field label={t('admin.announcements.bodyIn', { language: name })} optional={t('form.optional')}>
        {(wiring) => (
          <textarea
            className="input"
            rows={3}
            lang={language}
            maxLength={2000}
            value={words.body}
            onChange={(event) => {
              onWords({ ...words, body: event.target.value });
            }}
            {...wiring}
          />
        )}
      </Field>
    </>
  );
}

function useColumns(): Column<Announcement>[] {
  const { t, language } = useTranslation();
  return [
    {
      id: 'title',
      header: t('admin.announcements.titleColumn'),
      cell: (row) => (
        <div className="admin-cell">
          <span className="strong">{language === 'de' ? row.de.title : row.en.title}</span>
          <span className="small faint">{language === 'de' ? row.de.body : row.en.body}</span>
        </div>
      ),
    },
    {
      id: 'audience',
      header: t('admin.announcements.audience'),
      wideOnly: true,
      cell: (row) => (row.audience === 'all' ? t('admin.announcements.everybody') : t(`account.role.${row.audience}`)),
    },
    {
      id: 'told',
      header: t('admin.announcements.told'),
      end: true,
      cell: (row) => (
        <Badge look={row.finishedAt === null ? 'accent' : 'ok'}>
          {t(row.finishedAt === null ? 'admin.announcements.under' : 'admin.announcements.done', { count: row.toldCount })}
        </Badge>
      ),
    },
    { id: 'when', header: t('admin.when'), end: true, wideOnly: true, cell: (row) => <Moment at={row.createdAt} /> },
  ];
}
