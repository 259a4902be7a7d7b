import { makeSecret } from '../config/secret-rules.ts';
import type { Command } from './command.ts';

/** `admin create EMAIL`: an administrator, new or made of an existing account. */
export const adminCommand: Command = {
  summary: 'admin create EMAIL   makes an administrator; asks for a password, or makes one and prints it once',
  run: async ([verb, email], { app, terminal }) => {
    if (verb !== 'create' || email === undefined || !/^[^@\s]{1,64}@[^@\s]{1,255}$/.test(email)) {
      terminal.print('Use: npm run admin -- create EMAIL');
      return 2;
    }
    const typed = (await terminal.askSecret(`Password for ${email} (empty: one is made): `)) ?? '';
    const password = typed === '' ? makeSecret() : typed;
    const outcome = await app.accounts.makeAdministrator({ email, password });
    terminal.print(
      outcome === 'created' ? `${email} is an administrator now.` : `${email} had an account, which is an administrator's now.`,
    );
    if (typed === '') terminal.print(`The password, shown only here: ${password}`);
    return 0;
  },
};
