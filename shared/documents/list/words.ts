import { NNBSP } from '../../domain/runsheets/formats.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'

/** What every listed document prints by itself; the words of each document are beside its content. */
export interface PrintWords {
  demo: string
  generated: string
  page: (page: number, pages: number) => string
  continued: string
  hoursIn: string
  timesWithOffset: string
  rows: (count: number) => string
  route: string
  qrAlt: string
  planAlt: string
  planNote: (metres: number) => string
  north: string
  information: string
  zone: string
  offset: string
  group: string
}

const plural = (count: number, one: string, many: string, language: Language): string => `${count} ${(language === 'fr' ? count < 2 : count === 1) ? one : many}`

export const printWords: Record<Language, PrintWords> = {
  fr: {
    demo: 'DÉMO',
    generated: 'Généré',
    page: (page, pages) => `page ${page} / ${pages}`,
    continued: '(suite)',
    hoursIn: 'heures',
    timesWithOffset: 'chaque heure porte son décalage',
    rows: (count) => plural(count, 'ligne', 'lignes', 'fr'),
    route: 'itinéraire',
    qrAlt: 'Code QR, coordonnées',
    planAlt: `Plan schématique${NNBSP}: repères`,
    planNote: (metres) => `plan schématique d’après les coordonnées, cercle de ${metres}\u00a0m`,
    north: 'N',
    information: 'Informations',
    zone: 'Fuseau',
    offset: 'Décalage',
    group: 'Groupe',
  },
  en: {
    demo: 'DEMO',
    generated: 'Generated',
    page: (page, pages) => `page ${page} / ${pages}`,
    continued: '(continued)',
    hoursIn: 'times',
    timesWithOffset: 'each time bears its offset',
    rows: (count) => plural(count, 'row', 'rows', 'en'),
    route: 'route',
    qrAlt: 'QR code, coordinates',
    planAlt: 'Schematic plan: pins',
    planNote: (metres) => `schematic plan from the coordinates, circle of ${metres}\u00a0m`,
    north: 'N',
    information: 'Information',
    zone: 'Time zone',
    offset: 'Offset',
    group: 'Group',
  },
}
