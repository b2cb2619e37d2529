import { fold } from '../../kernel/text.ts'

export const ENGAGEMENT_KINDS = ['cddu_technician', 'cddu_artist', 'employee', 'freelance', 'agency', 'volunteer', 'intern'] as const
export type EngagementKind = (typeof ENGAGEMENT_KINDS)[number]
export const MISSION_KINDS = ['prep', 'build', 'rehearsal', 'show', 'shoot', 'strike', 'travel', 'off'] as const
export type MissionKind = (typeof MISSION_KINDS)[number]
export const PERSON_KINDS = ['person', 'team', 'vendor'] as const
export type PersonKind = (typeof PERSON_KINDS)[number]

type Words<Kind extends string> = Readonly<Record<Kind, readonly string[]>>

const ENGAGEMENT_WORDS: Words<EngagementKind> = {
  cddu_technician: [
    'cddu',
    'cddu technicien',
    'cddu tech',
    'intermittent',
    'intermittente',
    'intermittent technicien',
    'technicien',
    'technicienne',
    'annexe 8',
    'cddu technician',
    'technician',
  ],
  cddu_artist: [
    'cddu artiste',
    'artiste',
    'intermittent artiste',
    'cachet',
    'annexe 10',
    'musicien',
    'musicienne',
    'comedien',
    'comedienne',
    'cddu artist',
    'artist',
    'performer',
  ],
  employee: ['salarie', 'salariee', 'cdi', 'cdd', 'permanent', 'permanente', 'employe', 'employee', 'staff', 'interne', 'payroll'],
  freelance: [
    'freelance',
    'free lance',
    'independant',
    'independante',
    'auto entrepreneur',
    'micro entreprise',
    'micro entrepreneur',
    'facture',
    'prestataire',
    'self employed',
    'contractor',
  ],
  agency: ['agence', 'interim', 'interimaire', 'agency', 'temp', 'temp agency'],
  volunteer: ['benevole', 'benevolat', 'volunteer', 'volontaire'],
  intern: ['stage', 'stagiaire', 'intern', 'internship', 'trainee'],
}

const MISSION_WORDS: Words<MissionKind> = {
  prep: ['prep', 'preparation', 'prepa', 'pre production', 'preproduction', 'reperage', 'scout'],
  build: ['build', 'montage', 'installation', 'load in', 'get in', 'set up', 'setup', 'implantation'],
  rehearsal: ['rehearsal', 'repetition', 'repet', 'raccord', 'raccords', 'generale', 'filage', 'balances', 'soundcheck', 'tech rehearsal'],
  show: [
    'show',
    'spectacle',
    'representation',
    'concert',
    'performance',
    'seance',
    'projection',
    'screening',
    'talk',
    'conference',
    'event',
    'evenement',
  ],
  shoot: ['shoot', 'tournage', 'shooting', 'captation', 'filming'],
  strike: ['strike', 'demontage', 'load out', 'get out', 'desinstallation'],
  travel: ['travel', 'voyage', 'trajet', 'transport', 'deplacement', 'route'],
  off: ['off', 'relache', 'repos', 'day off', 'conge', 'jour off', 'ferie', 'holiday'],
}

const PERSON_WORDS: Words<PersonKind> = {
  person: ['person', 'personne', 'individu', 'individual', 'people'],
  team: ['team', 'equipe', 'groupe', 'group', 'band', 'compagnie', 'company', 'ensemble'],
  vendor: ['vendor', 'fournisseur', 'prestataire', 'societe', 'supplier', 'entreprise'],
}

const tidy = (text: string): string =>
  fold(text)
    .replace(/[-_./()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

function reader<Kind extends string>(kinds: readonly Kind[], words: Words<Kind>): (text: string) => Kind | null {
  const known = new Map<string, Kind>()
  for (const kind of kinds) {
    known.set(tidy(kind), kind)
    for (const word of words[kind]) known.set(word, kind)
  }
  return (text) => known.get(tidy(text)) ?? null
}

/** The engagement kind that a French or English word means, null where none. `intermittent` alone is read as technician. */
export const parseEngagementKind = reader(ENGAGEMENT_KINDS, ENGAGEMENT_WORDS)
export const parseMissionKind = reader(MISSION_KINDS, MISSION_WORDS)
export const parsePersonKind = reader(PERSON_KINDS, PERSON_WORDS)
