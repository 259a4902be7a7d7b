/** A mail's text as plain text and as HTML. One column, system fonts, nothing fetched from anywhere: it reads the same everywhere. */
import type { MailContent } from './queue-mail.ts';

export interface LaidOut extends MailContent {
  readonly locale: string;
  /** Links at the foot, such as the one that stops these mails. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

export function mailText({ lines, action, note, links }: LaidOut): string {
  const parts = [
    ...lines,
    ...(action === undefined ? [] : [`${action.label}:\n${action.url}`]),
    ...(note === undefined && links.length === 0
      ? []
      : [['-- ', ...(note === undefined ? [] : [note]), ...links.map(({ label, url }) => `${label}: ${url}`)].join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

export function mailHtml({ subject, lines, action, note, links, locale }: LaidOut): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 16px">${escape(line).replaceAll('\n', '<br>')}</p>`);
  const button =
    action === undefined
      ? ''
      : `<p style="margin:24px 0"><a href="${escape(action.url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#1d4ed8;color:#ffffff;text-decoration:none">${escape(action.label)}</a></p><p style="margin:0 0 16px;font-size:13px;color:#57606a;word-break:break-all">${escape(action.url)}</p>`;
  const foot = [
    ...(note === undefined ? [] : [escape(note)]),
    ...links.map(({ label, url }) => `<a href="${escape(url)}" style="color:#57606a">${escape(label)}</a>`),
  ];
  return [
    `<!doctype html><html lang="${escape(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subject)}</title></head>`,
    '<body style="margin:0;padding:24px;background:#f6f8fa;color:#1f2328;font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif">',
    '<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px">',
    '<p style="margin:0 0 16px;font-weight:600;color:#1d4ed8">Holdfast</p>',
    ...paragraphs,
    button,
    foot.length === 0
      ? ''
      : `<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d0d7de;font-size:13px;color:#57606a">${foot.join('<br>')}</p>`,
    '</div></body></html>',
  ].join('');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
