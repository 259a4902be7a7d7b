import type { unsubscribe as english } from '../en/unsubscribe.ts';
import type { Wording } from '../wording.ts';

export const unsubscribe: Wording<typeof english> = {
  unsubscribe: {
    title: 'Diese Mails abbestellen',
    lead: 'Sie erhalten keine Mails dieser Art mehr. In den Einstellungen für Benachrichtigungen können Sie sie wieder einschalten.',
    stop: 'Diese Mails abbestellen',
    done: 'Erledigt. Sie erhalten keine Mails dieser Art mehr.',
    wrong:
      'Dieser Link funktioniert nicht. Öffnen Sie den aus einer neueren Mail oder wählen Sie in den Einstellungen für Benachrichtigungen.',
    onward: 'Zu Holdfast',
  },
};
