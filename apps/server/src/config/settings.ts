import { accessSettings, limitSettings, marketSettings } from './access-settings.ts';
import { documentSettings } from './document-settings.ts';
import { providerSettings } from './provider-settings.ts';
import type { Setting } from './setting.ts';
import { messageSettings } from './message-settings.ts';
import { logSettings, serverSettings, storageSettings } from './server-settings.ts';

/** Every setting there is. A variable that is not here has no effect. */
export const settings = {
  ...serverSettings,
  ...logSettings,
  ...storageSettings,
  ...accessSettings,
  ...limitSettings,
  ...marketSettings,
  ...providerSettings,
  ...documentSettings,
  ...messageSettings,
} as const;

type ValueOf<Row> = Row extends { readonly default: infer Value } ? Value : never;

export type SettingValues = { readonly [Key in keyof typeof settings]: ValueOf<(typeof settings)[Key]> };

/** The chapters of the reference page. */
export const settingGroups: readonly { readonly title: string; readonly settings: Readonly<Record<string, Setting<unknown>>> }[] = [
  { title: 'Server', settings: serverSettings },
  { title: 'Logs', settings: logSettings },
  { title: 'Storage', settings: storageSettings },
  { title: 'Access', settings: accessSettings },
  { title: 'Limits', settings: limitSettings },
  { title: 'Market', settings: marketSettings },
  { title: 'Market data', settings: providerSettings },
  { title: 'Documents', settings: documentSettings },
  { title: 'Messages', settings: messageSettings },
];
