import * as contract from '@holdfast/contract/alerts';
import { formatDecimal, decimal } from '@holdfast/engine/money';
import { afterCommit, transact } from '../../platform/db/transact.ts';
import { Answer, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { findMoveSettings, saveMoveSettings } from './alert-store.ts';
import type { MoveSettings } from './alert.ts';
import {
  activateAlert,
  changeAlert,
  createAlert,
  deactivateAlert,
  deleteAlert,
  getAlert,
  restoreAlert,
  snoozeAlert,
} from './change-alert.ts';
import type { AlertNeeds } from './change-alert.ts';
import { figure } from './check-definition.ts';
import { listAlertEvents, listAlerts } from './list-alerts.ts';

export function bindAlertRoutes(context: ServeContext, needs: AlertNeeds): void {
  serve(context, contract.createAlert, async ({ caller, body }) => new Answer(201, await createAlert(needs, caller, body)));
  serve(context, contract.listAlerts, ({ caller, query }) => listAlerts(needs, caller, query));
  serve(context, contract.getAlert, ({ caller, params }) => getAlert(needs, caller, params.id));
  serve(context, contract.changeAlert, ({ caller, params, body }) => changeAlert(needs, caller, { id: params.id, change: body }));
  serve(context, contract.deleteAlert, async ({ caller, params }) => {
    await deleteAlert(needs, caller, params.id);
    return undefined;
  });
  serve(context, contract.activateAlert, ({ caller, params }) => activateAlert(needs, caller, params.id));
  serve(context, contract.deactivateAlert, ({ caller, params }) => deactivateAlert(needs, caller, params.id));
  serve(context, contract.restoreAlert, ({ caller, params }) => restoreAlert(needs, caller, params.id));
  serve(context, contract.snoozeAlert, ({ caller, params, body }) => snoozeAlert(needs, caller, { id: params.id, until: body.until }));
  serve(context, contract.listAlertEvents, ({ caller, params, query }) => listAlertEvents(needs, caller, { id: params.id, query }));
  serve(context, contract.getAlertSettings, async ({ caller }) => settingsJson(await findMoveSettings(needs.db, caller.userId)));
  serve(context, contract.changeAlertSettings, ({ caller, body }) =>
    transact(needs.db, async (tx) => {
      const { marketMovePercent, marketMoveSigmas } = body;
      const before = await findMoveSettings(tx, caller.userId);
      const settings = {
        percent: marketMovePercent === undefined ? before.percent : figure(marketMovePercent, 'marketMovePercent'),
        sigmas: marketMoveSigmas === undefined ? before.sigmas : figure(marketMoveSigmas, 'marketMoveSigmas'),
      };
      const followers = await saveMoveSettings(tx, caller.userId, settings);
      afterCommit(() => needs.tellChanged(followers));
      return settingsJson(settings);
    }),
  );
}

function settingsJson({ percent, sigmas }: MoveSettings) {
  return { marketMovePercent: formatDecimal(decimal(percent)), marketMoveSigmas: formatDecimal(decimal(sigmas)) };
}
