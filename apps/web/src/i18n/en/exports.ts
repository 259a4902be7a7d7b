/** Everything of the user as one file. */
export const exports = {
  exports: {
    title: 'Your data',
    lead: 'Everything of yours as one zip: portfolios, transactions, orders, private instruments, watchlists and alerts as JSON and CSV, and your documents as they are. No passwords or keys.',
    make: 'Everything of mine as one file',
    making: 'Being made',
    progress: 'Progress of the export',
    made: 'Files made so far',
    none: 'No file was made yet.',
    kept: 'Each is kept for 7 days.',
    download: 'Download {{name}}',
    remove: 'Delete {{name}}',
    removed: 'The file is deleted.',
    failed: 'failed',
    unnamed: 'the file',
    bringTitle: 'Bring such a file into this account',
    bringLead:
      'Adds what is in the file: portfolios with their transactions, private instruments, watchlists, alerts and documents. All of it or nothing; what you have stays. The same file a second time adds a second copy. Paper portfolios stay in the file.',
    choose: 'Choose a zip, or drop it here',
    bring: 'Bring it into this account',
    sending: 'Progress of the upload',
    brought:
      'Brought in: portfolios {{portfolios}}, transactions {{transactions}}, instruments {{instruments}}, watchlists {{watchlists}}, alerts {{alerts}}, documents {{documents}}.',
    leftOut: 'Not brought in',
    kinds: {
      portfolio: 'Portfolio',
      watchlist: 'Watchlist',
      watchlistItem: 'Watched instrument',
      alert: 'Alert',
      instrument: 'Instrument',
    },
  },
} as const;
