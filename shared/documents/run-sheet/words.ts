import { keyTimeWords, markerWords } from '../../domain/runsheets/change-words.ts'
import { NNBSP } from '../../domain/runsheets/formats.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'

/** Every word the run sheet prints by itself, in both languages. French keeps its narrow no-break spaces. */
export interface SheetWords {
  title: string
  presents: string
  day: (number: number, total: number | null) => string
  unit: (name: string) => string
  published: string
  draft: string
  notSent: string
  validated: string
  offline: string
  replaces: (version: number) => string
  replacesOf: string
  device: string
  changesSince: (count: number, version: number) => string
  changesTitle: (version: number) => string
  changesFirst: string
  watermark: string
  supersededBy: (version: number) => string
  demo: string
  generated: string
  page: (page: number, pages: number) => string
  schedule: string
  time: string
  length: string
  what: string
  where: string
  who: string
  everyone: string
  notes: string
  safety: string
  transport: string
  localCrew: string
  lodging: string
  hospitality: string
  equipment: string
  channels: string
  channel: string
  catering: string
  emergency: string
  onSite: string
  nearestHospital: string
  minutes: (count: number) => string
  location: string
  route: string
  parking: string
  publicTransport: string
  offsets: (before: string, when: string, after: string) => string
  plan: string
  planAlt: string
  planMissing: string
  planUnreadable: string
  qrAlt: string
  weather: string
  sunset: string
  sunrise: string
  forecast: string
  noSun: string
  contacts: string
  crew: string
  hoursIn: string
  role: string
  name: string
  phone: string
  call: string
  callShort: string
  end: string
  meal: string
  remarks: string
  continued: string
  people: (count: number) => string
  scenes: string
  sceneNo: string
  effect: string
  set: string
  castNos: string
  pages: string
  estimate: string
  storyDay: string
  total: string
  cast: string
  no: string
  castRole: string
  performer: string
  status: string
  pickup: string
  arrive: string
  hmc: string
  rehearsal: string
  onSet: string
  wrap: string
  extras: string
  count: string
  wardrobe: string
  holding: string
  departmentNotes: string
  tomorrow: string
  nextDay: string
  attachments: string
  legal: string
  validatedBy: string
  on: string
  at: string
  sentTo: (count: number) => string
  check: string
  personal: string
  copyOf: (name: string) => string
  scanTitle: string
  scan: string
  codeAlt: string
  checkIn: string
  checkOut: string
  breakfast: string
  internal: string
  keyTimes: Record<string, string>
  markers: Record<string, string>
}

const plural = (count: number, one: string, many: string): string => `${count} ${Math.abs(count) < 2 ? one : many}`

export const sheetWords: Record<Language, SheetWords> = {
  fr: {
    title: 'Feuille de service',
    presents: 'présente',
    day: (number, total) => `jour ${number}${total === null ? '' : ` sur ${total}`}`,
    unit: (name) => `équipe ${name}`,
    published: 'Publiée',
    draft: 'Brouillon',
    notSent: 'non diffusé',
    validated: 'Validée, à publier',
    offline: 'hors ligne',
    replaces: (version) => `remplace v${version}`,
    replacesOf: 'du',
    device: 'poste',
    changesSince: (count, version) => `${plural(count, 'changement', 'changements')} depuis v${version}`,
    changesTitle: (version) => `Changements depuis v${version}`,
    changesFirst: 'Changements',
    watermark: 'BROUILLON',
    supersededBy: (version) => `REMPLACÉE PAR v${version}`,
    demo: 'DÉMO',
    generated: 'Généré',
    page: (page, pages) => `page ${page} / ${pages}`,
    schedule: 'Déroulé',
    time: 'Heure',
    length: 'Durée',
    what: 'Quoi',
    where: 'Où',
    who: 'Qui',
    everyone: 'TOUS',
    notes: 'Notes de production',
    safety: 'Sécurité',
    transport: 'Transport',
    localCrew: 'Équipe locale',
    lodging: 'Hébergement',
    hospitality: 'Accueil et loges',
    equipment: 'Matériel',
    channels: 'Canaux radio',
    channel: 'Canal',
    catering: 'Restauration',
    emergency: 'Urgences',
    onSite: 'Secours sur place',
    nearestHospital: 'Hôpital le plus proche',
    minutes: (count) => `${count} min`,
    location: 'Lieu et accès',
    route: 'itinéraire',
    parking: 'Parking',
    publicTransport: 'Transports',
    offsets: (before, when, after) => `${before} jusqu’à ${when}, puis ${after}`,
    plan: 'Repères',
    planAlt: 'Plan d’accès',
    planMissing: 'L’image du plan n’est pas sur ce poste.',
    planUnreadable: 'L’image du plan ne peut pas être imprimée (PNG ou JPEG seulement).',
    qrAlt: 'Code QR : coordonnées du lieu',
    weather: 'Météo et soleil',
    sunset: 'Coucher',
    sunrise: 'lever',
    forecast: 'Prévision',
    noSun: 'Pas de lever ni de coucher ce jour',
    contacts: 'Contacts',
    crew: 'Équipe et convocations',
    hoursIn: 'heures',
    role: 'Fonction',
    name: 'Nom',
    phone: 'Téléphone',
    call: 'Convocation',
    callShort: 'Convoc.',
    end: 'Fin',
    meal: 'Repas',
    remarks: 'Remarques',
    continued: 'suite',
    people: (count) => plural(count, 'personne', 'personnes'),
    scenes: 'Séquences',
    sceneNo: 'Séq.',
    effect: 'Effet',
    set: 'Décor et action',
    castNos: 'Rôles',
    pages: 'Pages',
    estimate: 'Min.',
    storyDay: 'Jour',
    total: 'Total',
    cast: 'Comédiens',
    no: 'N°',
    castRole: 'Rôle',
    performer: 'Interprète',
    status: 'Statut',
    pickup: 'Départ',
    arrive: 'Arrivée',
    hmc: 'HMC',
    rehearsal: 'Répét.',
    onSet: 'Plateau',
    wrap: 'Fin',
    extras: 'Figuration',
    count: 'Nb',
    wardrobe: 'Costume',
    holding: 'Attente',
    departmentNotes: 'Notes par service',
    tomorrow: 'Demain',
    nextDay: 'À suivre',
    attachments: 'Pièces jointes',
    legal: 'Mentions',
    validatedBy: 'Validée par',
    on: 'le',
    at: 'à',
    sentTo: (count) => `Diffusée à ${plural(count, 'personne', 'personnes')}.`,
    check: `Version en cours${NNBSP}: dans Callboard, ou auprès de la production.`,
    personal: 'Votre ligne',
    copyOf: (name) => `Exemplaire de ${name}`,
    scanTitle: `À jour${NNBSP}?`,
    scan: `Version en cours${NNBSP}: lisez le code dans Callboard, ou tapez-y les douze signes du bas de page.`,
    codeAlt: 'Code QR : version, contenu et signature de cette impression',
    checkIn: 'arrivée',
    checkOut: 'départ',
    breakfast: 'petit déjeuner',
    internal: 'interne',
    keyTimes: keyTimeWords.fr,
    markers: markerWords.fr,
  },
  en: {
    title: 'Call sheet',
    presents: 'presents',
    day: (number, total) => `day ${number}${total === null ? '' : ` of ${total}`}`,
    unit: (name) => `unit ${name}`,
    published: 'Published',
    draft: 'Draft',
    notSent: 'not distributed',
    validated: 'Validated, unpublished',
    offline: 'offline',
    replaces: (version) => `replaces v${version}`,
    replacesOf: 'of',
    device: 'device',
    changesSince: (count, version) => `${plural(count, 'change', 'changes')} since v${version}`,
    changesTitle: (version) => `Changes since v${version}`,
    changesFirst: 'Changes',
    watermark: 'DRAFT',
    supersededBy: (version) => `SUPERSEDED BY v${version}`,
    demo: 'DEMO',
    generated: 'Generated',
    page: (page, pages) => `page ${page} / ${pages}`,
    schedule: 'Schedule',
    time: 'Time',
    length: 'Length',
    what: 'What',
    where: 'Where',
    who: 'Who',
    everyone: 'ALL',
    notes: 'Production notes',
    safety: 'Safety',
    transport: 'Transport',
    localCrew: 'Local crew',
    lodging: 'Lodging',
    hospitality: 'Hospitality',
    equipment: 'Equipment',
    channels: 'Radio channels',
    channel: 'Channel',
    catering: 'Catering',
    emergency: 'Emergency',
    onSite: 'On-site aid',
    nearestHospital: 'Nearest hospital',
    minutes: (count) => `${count} min`,
    location: 'Location and access',
    route: 'directions',
    parking: 'Parking',
    publicTransport: 'Public transport',
    offsets: (before, when, after) => `${before} until ${when}, then ${after}`,
    plan: 'Points',
    planAlt: 'Access plan',
    planMissing: 'The plan image is not on this computer.',
    planUnreadable: 'The plan image cannot be printed (PNG or JPEG only).',
    qrAlt: 'QR code: coordinates of the place',
    weather: 'Weather and sun',
    sunset: 'Sunset',
    sunrise: 'sunrise',
    forecast: 'Forecast',
    noSun: 'No sunrise or sunset on this day',
    contacts: 'Contacts',
    crew: 'Crew and calls',
    hoursIn: 'times',
    role: 'Role',
    name: 'Name',
    phone: 'Phone',
    call: 'Call',
    callShort: 'Call',
    end: 'End',
    meal: 'Meal',
    remarks: 'Remarks',
    continued: 'continued',
    people: (count) => plural(count, 'person', 'people'),
    scenes: 'Scenes',
    sceneNo: 'Scene',
    effect: 'D/N',
    set: 'Set and action',
    castNos: 'Cast',
    pages: 'Pages',
    estimate: 'Min.',
    storyDay: 'Day',
    total: 'Total',
    cast: 'Cast',
    no: 'No.',
    castRole: 'Character',
    performer: 'Performer',
    status: 'Status',
    pickup: 'Pick-up',
    arrive: 'Arrive',
    hmc: 'HMU',
    rehearsal: 'Reh.',
    onSet: 'On set',
    wrap: 'Wrap',
    extras: 'Extras',
    count: 'No.',
    wardrobe: 'Wardrobe',
    holding: 'Holding',
    departmentNotes: 'Department notes',
    tomorrow: 'Tomorrow',
    nextDay: 'Advance',
    attachments: 'Attachments',
    legal: 'Notice',
    validatedBy: 'Validated by',
    on: 'on',
    at: 'at',
    sentTo: (count) => `Sent to ${plural(count, 'person', 'people')}.`,
    check: 'Current version: in Callboard, or from production.',
    personal: 'Your line',
    copyOf: (name) => `Copy of ${name}`,
    scanTitle: 'Still current?',
    scan: 'Current version: read the code in Callboard, or type the twelve characters of the footer there.',
    codeAlt: 'QR code: version, content and signature of this print',
    checkIn: 'check-in',
    checkOut: 'check-out',
    breakfast: 'breakfast',
    internal: 'internal',
    keyTimes: keyTimeWords.en,
    markers: markerWords.en,
  },
}

/** `v3`, `v3 (hors ligne)`. */
export const versionLabel = (issue: { version: number; device_code: string | null }, language: Language): string =>
  `v${issue.version}${issue.device_code === null ? '' : ` (${sheetWords[language].offline})`}`
