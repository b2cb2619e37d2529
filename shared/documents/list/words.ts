import { NNBSP } from '../../domain/runsheets/formats.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'
import type { BarForm } from './content.ts'

/** What every listed document prints by itself; the words of each document are beside its content. */
export interface PrintWords {
  demo: string
  generated: string
  madeBy: string
  madeAt: string
  filters: string
  document: string
  organization: string
  project: string
  rowsLabel: string
  page: (page: number, pages: number) => string
  continued: string
  hoursIn: string
  timesWithOffset: string
  rows: (count: number) => string
  route: string
  qrAlt: string
  planAlt: string
  planMissing: string
  planUnreadable: string
  planNote: (metres: number) => string
  north: string
  information: string
  /** Sheet of a workbook that says what it is. */
  about: string
  zone: string
  offset: string
  group: string
  /** What the bars of a timeline say by their form. */
  forms: Readonly<Record<BarForm, string>>
}

const plural = (count: number, one: string, many: string, language: Language): string => `${count} ${(language === 'fr' ? count < 2 : count === 1) ? one : many}`

export const printWords: Record<Language, PrintWords> = {
  fr: {
    demo: 'DÉMO',
    generated: 'Généré',
    madeBy: 'Fait par',
    madeAt: 'Le',
    filters: 'Filtres',
    document: 'Document',
    organization: 'Organisation',
    project: 'Projet',
    rowsLabel: 'Lignes',
    page: (page, pages) => `page ${page} / ${pages}`,
    continued: '(suite)',
    hoursIn: 'heures',
    timesWithOffset: 'chaque heure porte son décalage',
    rows: (count) => plural(count, 'ligne', 'lignes', 'fr'),
    route: 'itinéraire',
    qrAlt: 'Code QR, coordonnées',
    planAlt: `Plan schématique${NNBSP}: repères`,
    planMissing: 'L’image du plan n’est pas sur cet ordinateur.',
    planUnreadable: 'L’image du plan ne peut pas être lue.',
    planNote: (metres) => `plan schématique d’après les coordonnées, cercle de ${metres}\u00a0m`,
    north: 'N',
    information: 'Informations',
    about: 'À propos',
    zone: 'Fuseau',
    offset: 'Décalage',
    group: 'Groupe',
    forms: { need: 'à pourvoir', planned: 'option', proposed: 'proposé', accepted: 'accepté', confirmed: 'confirmé', done: 'terminé', canceled: 'annulé', mission: 'mission' },
  },
  en: {
    demo: 'DEMO',
    generated: 'Generated',
    madeBy: 'Made by',
    madeAt: 'At',
    filters: 'Filters',
    document: 'Document',
    organization: 'Organization',
    project: 'Project',
    rowsLabel: 'Rows',
    page: (page, pages) => `page ${page} / ${pages}`,
    continued: '(continued)',
    hoursIn: 'times',
    timesWithOffset: 'each time bears its offset',
    rows: (count) => plural(count, 'row', 'rows', 'en'),
    route: 'route',
    qrAlt: 'QR code, coordinates',
    planAlt: 'Schematic plan: pins',
    planMissing: 'The image of the plan is not on this computer.',
    planUnreadable: 'The image of the plan cannot be read.',
    planNote: (metres) => `schematic plan from the coordinates, circle of ${metres}\u00a0m`,
    north: 'N',
    information: 'Information',
    about: 'About',
    zone: 'Time zone',
    offset: 'Offset',
    group: 'Group',
    forms: { need: 'to fill', planned: 'hold', proposed: 'proposed', accepted: 'accepted', confirmed: 'confirmed', done: 'done', canceled: 'canceled', mission: 'mission' },
  },
}
