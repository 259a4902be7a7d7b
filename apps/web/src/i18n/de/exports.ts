/** Alles des Benutzers als eine Datei. */
export const exports = {
  exports: {
    title: 'Deine Daten',
    lead: 'Alles von dir als ein Zip: Depots, Buchungen, Aufträge, eigene Instrumente, Merklisten und Alarme als JSON und CSV, dazu deine Dokumente, wie sie sind. Keine Passwörter oder Schlüssel.',
    make: 'Alles von mir als eine Datei',
    making: 'Wird erstellt',
    progress: 'Fortschritt des Exports',
    made: 'Bisher erstellte Dateien',
    none: 'Es wurde noch keine Datei erstellt.',
    kept: 'Jede wird 7 Tage aufbewahrt.',
    download: '{{name}} herunterladen',
    remove: '{{name}} löschen',
    removed: 'Die Datei ist gelöscht.',
    failed: 'fehlgeschlagen',
    unnamed: 'die Datei',
    bringTitle: 'Eine solche Datei in dieses Konto übernehmen',
    bringLead:
      'Fügt hinzu, was in der Datei ist: Depots mit ihren Buchungen, eigene Instrumente, Merklisten, Alarme und Dokumente. Alles oder nichts; was du hast, bleibt. Dieselbe Datei ein zweites Mal fügt eine zweite Kopie hinzu. Übungsdepots bleiben in der Datei.',
    choose: 'Zip wählen oder hier ablegen',
    bring: 'In dieses Konto übernehmen',
    sending: 'Fortschritt des Hochladens',
    brought:
      'Übernommen: Depots {{portfolios}}, Buchungen {{transactions}}, Instrumente {{instruments}}, Merklisten {{watchlists}}, Alarme {{alerts}}, Dokumente {{documents}}.',
    leftOut: 'Nicht übernommen',
    kinds: {
      portfolio: 'Depot',
      watchlist: 'Merkliste',
      watchlistItem: 'Gemerktes Instrument',
      alert: 'Alarm',
      instrument: 'Instrument',
    },
  },
} as const;
