import type { AnswerOf, BodyOf } from '@holdfast/contract';
import type { changeMe, changePassword, getMe } from '@holdfast/contract/accounts';
import type { getIndex } from '@holdfast/contract/operations';
import type { listSessions, login, register } from '@holdfast/contract/sessions';

/** What a server says of itself to anybody. */
export type ServerOffers = AnswerOf<typeof getIndex>;
export type User = AnswerOf<typeof getMe>;
export type Role = User['role'];
export type Registration = BodyOf<typeof register>;
/** `email` takes the e-mail address or the user name. */
export type Credentials = BodyOf<typeof login>;
/** Browser sessions get a CSRF value instead of tokens: the tokens sit in cookies the page cannot read. */
export type SignedIn = AnswerOf<typeof login>;
export type ProfileChange = BodyOf<typeof changeMe>;
export type PasswordChange = BodyOf<typeof changePassword>;
export type Session = AnswerOf<typeof listSessions>['items'][number];
