import type { methods as english } from '../en/methods.ts';
import type { Wording } from '../wording.ts';

export const methods: Wording<typeof english> = {
  method: {
    totalValue: 'Wert des Bestands plus alles Bargeld, in der Währung des Depots.',
    dayChange:
      'Stück × (letzter Kurs − letzter Schluss), über alle Positionen zusammengezählt. Der Prozentsatz bezieht sich auf den Wert zum letzten Schluss.',
    netGain:
      'Gesamtwert − eingezahltes Geld. Der Prozentsatz ist dieser Gewinn ÷ alles Eingezahlte: eine einfache Rendite, die nicht beachtet, wann das Geld kam.',
    investedCapital:
      'Eingebrachtes Geld und eingebrachter Bestand, abzüglich dessen, was entnommen wurde, jeweils zum Wechselkurs seines Tages.',
    marketValue: 'Stück × letzter Kurs jeder Position, zu den neuesten Wechselkursen. Eine Position ohne Kurs zählt zum Einstand.',
    cashValue: 'Alles Bargeld, samt dem für offene Aufträge Zurückgelegten, zu den neuesten Wechselkursen.',
    unrealizedGain: 'Wert des Bestands − sein Einstand, jeder Kauf zum Wechselkurs seines Tages.',
    realizedGain:
      'Für jeden Verkauf bisher: was er nach Gebühren brachte − was der verkaufte Teil nach der Einstandsmethode des Depots gekostet hatte.',
    income: 'Bisher erhaltene Dividenden und Zinsen, vor Steuern.',
    costs: 'Bisherige Gebühren und Steuern, die nicht schon in einem Einstand oder Verkaufserlös stecken.',
    costBasis: 'Was der jetzige Bestand gekostet hat, samt Kaufgebühren, nach der Einstandsmethode des Depots.',
    timeWeighted:
      'Wie gut die Auswahl war: die Renditen der Tage, verkettet. Geld, das kommt, zählt vom Beginn seines Tages an, Geld, das geht, bis zu dessen Ende.',
    moneyWeighted:
      'Wie es deinem Geld erging: der jährliche Zinssatz, zu dem alle Bewegungen und der Wert jetzt zusammen nichts wert sind (XIRR, tatsächliche Tage ÷ 365). Unter einem Jahr ist es die Rendite über die Spanne.',
    returns: {
      timeWeighted:
        'Tagesrenditen, durch Multiplikation verkettet: Zuflüsse zu Beginn des Tages, Abflüsse an seinem Ende. Sie beurteilt, was gehalten wurde.',
      annualized: 'Die zeitgewichtete Rendite pro Jahr, (1 + r)^(365 ÷ Tage) − 1. Erst ab einem Jahr.',
      moneyWeighted:
        'Der Zinssatz, bei dem alle Flüsse und der heutige Wert zusammen nichts wert sind (XIRR, tatsächliche Tage ÷ 365): ab einem Jahr pro Jahr, darunter über die Spanne.',
      simple: 'Gewinn ÷ alles Eingezahlte: der Wert vor dem ersten Tag und alle Zuflüsse.',
      roai: 'Gewinn ÷ Mittel des Geldes, das an jedem Tag gearbeitet hat.',
      difference: 'Zeitgewichtete Rendite − die des Vergleichs, in Prozentpunkten.',
      benchmark: 'Wachstum des Vergleichs seit dem Tag vor dem Zeitraum, in der Währung des Depots.',
    },
    indicator: {
      sma20: 'Mittel der letzten 20 Schlusskurse.',
      sma50: 'Mittel der letzten 50 Schlusskurse.',
      ema50: 'Exponentielles Mittel: Jeder Schlusskurs zählt 2 ÷ 51, das Bisherige den Rest.',
      bollinger20: 'Mittel von 20 Schlusskursen und zwei Standardabweichungen darüber und darunter.',
      vwap: 'Mittlerer Kurs jeder Sitzung, mit dem Volumen gewichtet.',
      rsi14: 'Anteil der Gewinne an allen Bewegungen von 14 Balken (Wilder), von 0 bis 100.',
      macd: 'Exponentielles Mittel über 12 − das über 26, und dessen Mittel über 9 als Signal.',
      atr14: 'Wilders Mittel der wahren Spanne von 14 Balken.',
    },
    drawdown: 'Rückgang vom bisher höchsten Stand des zeitgewichteten Index; Geld, das kam oder ging, zählt nicht.',
    risk: {
      observations: 'Wochentage mit Kapital; was am Wochenende geschieht, zählt am nächsten Wochentag.',
      volatility: 'Stichproben-Standardabweichung der täglichen zeitgewichteten Renditen × √252.',
      downsideDeviation: 'Wurzel der mittleren quadrierten Unterschreitung von 0 über alle gesehenen Tage × √252.',
      sharpe: 'Mittlere Tagesrendite ÷ ihre Standardabweichung × √252, bei einem risikofreien Zins von 0.',
      sortino: 'Mittlere Jahresrendite ÷ Abwärtsabweichung.',
      calmar: 'Zeitgewichtete Rendite pro Jahr ÷ tiefster Rückgang. Erst ab einem Jahr.',
      omega: 'Summe der Gewinne ÷ Summe der Verluste der Tagesrenditen.',
      maxDrawdown: 'Tiefster Fall des zeitgewichteten Index von einem Höchststand.',
      valueAtRisk: 'Der Tagesverlust, der an 5 von 100 Tagen überschritten wurde, wie sie waren. Ein Verlust ist positiv.',
      parametricValueAtRisk: 'Dasselbe für eine Normalverteilung mit dem gesehenen Mittel und der gesehenen Standardabweichung.',
      conditionalValueAtRisk: 'Mittlerer Verlust der Tage am oder jenseits des Value at Risk.',
      beta: 'Kovarianz mit dem Vergleich ÷ dessen Varianz, an denselben Wochentagen, in der Währung des Depots.',
      alpha: 'Jensen: mittlere Rendite − Beta × die des Vergleichs, × 252.',
      trackingError: 'Standardabweichung der täglichen Differenz zum Vergleich × √252.',
      informationRatio: 'Mittlere Differenz zum Vergleich ÷ Tracking Error, pro Jahr.',
      upCapture: 'Jahresrendite an Tagen, an denen der Vergleich stieg ÷ die des Vergleichs.',
      downCapture: 'Jahresrendite an Tagen, an denen der Vergleich fiel ÷ die des Vergleichs.',
    },
    gains: {
      gain: 'Erlös − Kosten, jeweils zum Wechselkurs des eigenen Tages.',
      shortTerm: 'Gewinne aus Posten, die höchstens ein Jahr gehalten wurden (US-Haltefrist).',
      longTerm: 'Gewinne aus Posten, die länger als ein Jahr gehalten wurden (US-Haltefrist).',
      proceeds: 'Was der Verkauf gebracht hat, abzüglich seiner Gebühren.',
      cost: 'Was der verkaufte Teil des Postens gekostet hat, samt Kaufgebühren.',
      disallowed:
        'Der Teil eines Verlustes, den die US-Regeln für Wash Sales in Anteile verschieben, die innerhalb von 30 Tagen davor oder danach gekauft wurden. Er wird gezeigt und nicht vom Gewinn abgezogen.',
    },
    incomeCosts: 'Einbehaltene oder gezahlte Steuern und Gebühren außerhalb von Posten.',
    incomeYear: 'Dividenden und Zinsen vor Steuern, zum Wechselkurs des jeweiligen Tages.',
    position: {
      quantity: 'Gekauft und erhalten − verkauft und geliefert, Splits eingerechnet.',
      price: 'Der letzte Abschluss.',
      averagePrice: 'Was die Position samt Kaufgebühren gekostet hat ÷ Stück, nach der Einstandsmethode des Depots.',
      value: 'Stück × letzter Kurs, in der Währung des Instruments.',
      day: 'Stück × (letzter Kurs − letzter Schluss).',
      gain: 'Wert − Einstand der Position, noch nicht realisiert. Der Prozentsatz bezieht sich auf den Einstand.',
      weight: 'Wert ÷ Gesamtwert des Depots samt Bargeld, in der Währung des Depots.',
    },
    allocation: 'Wert jedes Teils ÷ Gesamtwert, zu letzten Kursen und den neuesten Wechselkursen. So gerundet, dass die Teile aufgehen.',
    quote: {
      bid: 'Das Meiste, was jetzt ein Käufer bietet: Dazu verkauft ein Marktauftrag.',
      ask: 'Das Wenigste, was jetzt ein Verkäufer will: Dazu kauft ein Marktauftrag.',
      open: 'Der erste Abschluss des Tages.',
      previousClose: 'Der letzte Abschluss des Handelstags davor.',
      high: 'Der teuerste Abschluss des Tages bisher.',
      low: 'Der billigste Abschluss des Tages bisher.',
      volume: 'Heute bisher gehandelte Stücke.',
      change: 'Letzter Kurs − letzter Schluss; der Prozentsatz bezieht sich auf den letzten Schluss.',
      minimum: 'Der tiefste Tagesschluss der letzten 30 Tage.',
      maximum: 'Der höchste Tagesschluss der letzten 30 Tage.',
      average: 'Das Mittel der Tagesschlüsse der letzten 30 Tage.',
      periodChange: 'Letzter Schluss des Zeitraums − sein erster; der Prozentsatz bezieht sich auf den ersten.',
      volatility: 'Standardabweichung der Tagesrenditen der letzten 30 Tage (Stichprobe) × √252.',
      days: 'Aus wie vielen Tagesschlüssen die Kennzahlen bestehen.',
      age: 'Wie lange der Kurs her ist und woher er stammt.',
    },
    ticket: {
      cashAvailable: 'Bargeld − das für offene Aufträge Zurückgelegte.',
      cashAfter:
        'Verfügbares Bargeld − Kurs × Stück − Gebühr beim Kauf, + Kurs × Stück − Gebühr beim Verkauf; ein wartender Kauf wird zurückgelegt.',
      reserved: 'Limit × Stück + Gebühr, für diesen Auftrag freigehalten, bis er ausgeführt oder storniert ist.',
      estimatedPrice: 'Der Brief beim Kauf, das Geld beim Verkauf, mit der Abweichung des Depots. Es zählt der Kurs bei der Ausführung.',
      fee: 'Nach den Gebührenregeln des Depots: ein fester Teil plus ein Anteil am Betrag, mindestens der Mindestbetrag.',
      held: 'Was das Depot jetzt davon hält.',
      spread: 'Zum Brief kauft ein Marktauftrag, zum Geld verkauft er.',
    },
    order: {
      quantity: 'Bisher ausgeführt von dem, was beauftragt ist.',
      fillPrice: 'Mittlerer Kurs der Ausführungen, nach Stück gewichtet.',
      fees: 'Gebühren aller Ausführungen bisher.',
    },
    transaction: {
      amount: 'Kurs × Stück bei einem Handel, ohne seine Gebühr.',
      gain: 'Was der Verkauf nach Gebühren brachte − was der verkaufte Teil nach der Einstandsmethode des Depots gekostet hatte.',
    },
    imports: {
      flagged: 'Gespeichert, aber auffällig: außerhalb der Handelszeit, Geld über Brief und Ähnliches.',
      rejected: 'Zeilen, die nicht zu lesen waren. Sie blieben draußen, und sonst hat sich durch sie nichts geändert.',
    },
  },
};
