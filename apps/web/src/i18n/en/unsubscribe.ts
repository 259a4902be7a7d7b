export const unsubscribe = {
  unsubscribe: {
    title: 'Stop these mails',
    lead: 'You get no more mails of this kind. You can turn them on again in the notification settings.',
    stop: 'Stop these mails',
    done: 'Done. You get no more mails of this kind.',
    wrong: 'This link does not work. Open the one from a newer mail, or choose in the notification settings.',
    onward: 'To Holdfast',
  },
} as const;
