import { fold } from '../../kernel/text.ts'

export const IMPORT_KINDS = ['people', 'missions', 'assignments', 'schedule'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export const IMPORT_FIELDS = [
  'external_id',
  'first_name',
  'last_name',
  'full_name',
  'email',
  'phone',
  'crew_role',
  'department',
  'skills',
  'tags',
  'languages',
  'birth_date',
  'kind',
  'notes',
  'title',
  'day_code',
  'date',
  'start',
  'end',
  'end_date',
  'zone',
  'location',
  'description',
  'person',
  'mission',
  'call',
  'rate',
  'engagement_kind',
  'track',
  'persons',
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

/** What the values of a field look like, to weigh a suggestion. */
export type FieldLook = 'text' | 'email' | 'phone' | 'date' | 'moment' | 'time' | 'money' | 'list' | 'zone'

/** The field of each source column, by column index; null leaves the column out (it stays in the preview). */
export type ColumnMapping = (ImportField | null)[]

export interface FieldOfKind {
  field: ImportField
  look: FieldLook
  /** Folded headers, French and English, that mean this field beyond doubt. */
  words: readonly string[]
}

const ID: FieldOfKind = {
  field: 'external_id',
  look: 'text',
  words: ['id', 'identifiant', 'external id', 'id externe', 'reference', 'ref', 'uid', 'guid', 'numero', 'n', 'code externe', 'slug'],
}
const MAIL: FieldOfKind = {
  field: 'email',
  look: 'email',
  words: ['e mail', 'email', 'mail', 'courriel', 'adresse mail', 'adresse e mail', 'adresse email', 'email address', 'e mail address'],
}
const PHONE: FieldOfKind = {
  field: 'phone',
  look: 'phone',
  words: [
    'telephone',
    'tel',
    'phone',
    'portable',
    'mobile',
    'tel portable',
    'telephone portable',
    'phone number',
    'numero de telephone',
    'cell',
    'gsm',
    'n tel',
    'n de telephone',
  ],
}
const ROLE: FieldOfKind = {
  field: 'crew_role',
  look: 'text',
  words: ['fonction', 'role', 'poste', 'metier', 'crew role', 'job', 'job title', 'position', 'emploi', 'fonctions', 'qualification'],
}
const DEPARTMENT: FieldOfKind = {
  field: 'department',
  look: 'text',
  words: ['departement', 'department', 'dept', 'service', 'pole', 'dpt', 'corps de metier'],
}
const TAGS: FieldOfKind = {
  field: 'tags',
  look: 'list',
  words: ['tags', 'tag', 'etiquettes', 'etiquette', 'mots cles', 'labels', 'label', 'categories', 'categorie', 'category'],
}
const NOTES: FieldOfKind = {
  field: 'notes',
  look: 'text',
  words: ['notes', 'note', 'remarques', 'remarque', 'commentaire', 'commentaires', 'comment', 'comments', 'observations'],
}
const DATE: FieldOfKind = { field: 'date', look: 'date', words: ['date', 'jour', 'day', 'date de debut', 'date debut', 'start date', 'le'] }
const END_DATE: FieldOfKind = { field: 'end_date', look: 'date', words: ['date de fin', 'date fin', 'end date'] }
const START: FieldOfKind = {
  field: 'start',
  look: 'moment',
  words: [
    'debut',
    'start',
    'heure de debut',
    'heure debut',
    'start time',
    'starts',
    'begin',
    'from',
    'de',
    'start at',
    'h debut',
    'horaire debut',
    'heure',
    'heures',
    'time',
    'horaires',
    'horaire',
    'hours',
    'starts at',
    'dtstart',
  ],
}
const END: FieldOfKind = {
  field: 'end',
  look: 'moment',
  words: [
    'fin',
    'end',
    'heure de fin',
    'heure fin',
    'end time',
    'ends',
    'finish',
    'to',
    'a',
    'wrap',
    'end at',
    'h fin',
    'horaire fin',
    'ends at',
    'dtend',
  ],
}
const ZONE: FieldOfKind = { field: 'zone', look: 'zone', words: ['tz', 'zone', 'fuseau', 'fuseau horaire', 'time zone', 'timezone'] }
const LOCATION: FieldOfKind = {
  field: 'location',
  look: 'text',
  words: ['lieu', 'salle', 'location', 'room', 'venue', 'place', 'stage', 'scene', 'adresse', 'site', 'endroit', 'ou', 'where', 'decor'],
}
const TITLE: FieldOfKind = {
  field: 'title',
  look: 'text',
  words: [
    'titre',
    'title',
    'mission',
    'intitule',
    'evenement',
    'event',
    'nom',
    'name',
    'libelle',
    'objet',
    'summary',
    'subject',
    'nom de la mission',
    'spectacle',
    'activite',
    'quoi',
    'what',
  ],
}
const KIND: FieldOfKind = { field: 'kind', look: 'text', words: ['type', 'kind', 'nature', 'genre', 'type de mission', 'mission type'] }
const DESCRIPTION: FieldOfKind = {
  field: 'description',
  look: 'text',
  words: ['description', 'details', 'detail', 'resume', 'objectif', 'abstract'],
}
const DAY_CODE: FieldOfKind = {
  field: 'day_code',
  look: 'text',
  words: ['code jour', 'code', 'day code', 'jour j', 'n jour', 'jour n', 'day no', 'day number', 'shoot day', 'jour de tournage'],
}
const FULL_NAME: FieldOfKind = {
  field: 'full_name',
  look: 'text',
  words: [
    'nom complet',
    'full name',
    'nom prenom',
    'nom et prenom',
    'prenom nom',
    'prenom et nom',
    'personne',
    'person',
    'name',
    'contact',
    'display name',
    'nom prenoms',
  ],
}
const ENGAGEMENT: FieldOfKind = {
  field: 'engagement_kind',
  look: 'text',
  words: [
    'engagement',
    'contrat',
    'type de contrat',
    'contract',
    'contract type',
    'statut',
    'regime',
    'engagement kind',
    'type d engagement',
    'status',
  ],
}

/** What a file of each kind may say. The order settles a header that two fields share. */
export const FIELDS: Readonly<Record<ImportKind, readonly FieldOfKind[]>> = {
  people: [
    { field: 'first_name', look: 'text', words: ['prenom', 'prenoms', 'first name', 'firstname', 'given name', 'forename'] },
    {
      field: 'last_name',
      look: 'text',
      words: ['nom', 'nom de famille', 'last name', 'lastname', 'surname', 'family name', 'nom d usage'],
    },
    FULL_NAME,
    MAIL,
    PHONE,
    ROLE,
    DEPARTMENT,
    {
      field: 'skills',
      look: 'list',
      words: ['competences', 'competence', 'skills', 'skill', 'savoir faire', 'specialites', 'specialite', 'habilitations'],
    },
    TAGS,
    { field: 'languages', look: 'list', words: ['langues', 'langue', 'languages', 'language', 'langues parlees'] },
    {
      field: 'birth_date',
      look: 'date',
      words: ['date de naissance', 'naissance', 'ne le', 'nee le', 'ne e le', 'birth date', 'date of birth', 'birthday', 'dob', 'anniversaire', 'ddn'],
    },
    KIND,
    NOTES,
    ID,
  ],
  missions: [TITLE, DAY_CODE, START, END, DATE, END_DATE, ZONE, LOCATION, KIND, TAGS, ID, DESCRIPTION, NOTES],
  assignments: [
    {
      field: 'person',
      look: 'text',
      words: [
        ...FULL_NAME.words,
        'nom',
        'collaborateur',
        'collaboratrice',
        'technicien',
        'crew member',
        'crew',
        'who',
        'qui',
        'artiste',
        'membre',
        'equipier',
      ],
    },
    MAIL,
    PHONE,
    { field: 'mission', look: 'text', words: ['mission', 'id mission', 'ref mission', 'mission id', 'mission ref', 'code mission'] },
    { ...TITLE, words: TITLE.words.filter((word) => !['mission', 'nom', 'name'].includes(word)) },
    DAY_CODE,
    ROLE,
    DEPARTMENT,
    {
      field: 'call',
      look: 'time',
      words: ['convocation', 'call', 'call time', 'heure de convocation', 'appel', 'heure d appel', 'rdv', 'rendez vous', 'pat'],
    },
    START,
    END,
    DATE,
    END_DATE,
    ZONE,
    {
      field: 'rate',
      look: 'money',
      words: [
        'tarif',
        'taux',
        'cachet',
        'rate',
        'fee',
        'salaire',
        'remuneration',
        'montant',
        'prix',
        'forfait',
        'pay',
        'cout',
        'salaire brut',
        'tarif jour',
        'day rate',
      ],
    },
    ENGAGEMENT,
    NOTES,
    ID,
  ],
  schedule: [
    ID,
    TITLE,
    START,
    END,
    DATE,
    END_DATE,
    ZONE,
    LOCATION,
    { field: 'track', look: 'text', words: ['track', 'parcours', 'filiere', 'section', 'theme', 'stream', 'programme'] },
    {
      field: 'persons',
      look: 'list',
      words: [
        'persons',
        'people',
        'personnes',
        'intervenants',
        'intervenant',
        'speakers',
        'speaker',
        'artistes',
        'artiste',
        'performers',
        'equipe',
        'presenters',
        'distribution',
        'cast',
        'orateurs',
      ],
    },
    KIND,
    DAY_CODE,
    TAGS,
    DESCRIPTION,
    NOTES,
  ],
}

/** A header as it is compared: folded, punctuation as spaces. */
export const headerKey = (header: string): string =>
  fold(header)
    .replace(/[°º]/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Every header word known to any kind: tells a header row from a row of values. */
export const KNOWN_HEADERS: ReadonlySet<string> = new Set(Object.values(FIELDS).flatMap((fields) => fields.flatMap((field) => field.words)))
