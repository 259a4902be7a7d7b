/** Running the server: its jobs, its state, prices and messages as they are, and words to all users. */
export { bindAdminRoutes } from './admin-routes.ts';
export { announcementJob } from './announce.ts';
