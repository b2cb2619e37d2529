/**
 * What an organization holds on one person, as pages and tables that the person can read: no other person is named in it. JSON only; drawn
 * as one PDF, and each table as CSV.
 */
import type { Row } from '../../domain/entity.ts'
import type { availability, certification, collaborator, collaboratorSkill, consent } from '../../domain/people/model.ts'
import type { assignment, mission } from '../../domain/planning/model.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'
import { shortDate } from '../../domain/runsheets/formats.ts'
import { localDateOf, type Instant, type LocalDate } from '../../kernel/instants.ts'
import type { Cell, FactsSection, ListColumn, ListContent, ListRow, TableSection } from '../list/content.ts'
import { column, kindWord, stateCell } from '../list/desk.ts'

type Work = Row<typeof assignment>
export interface PersonFile {
  language: Language
  organization: { id: string; name: string }
  zone: string
  made_at: Instant
  person: Row<typeof collaborator>
  roles: readonly { id: string; name: string; main: boolean }[]
  skills: readonly Row<typeof collaboratorSkill>[]
  certifications: readonly Row<typeof certification>[]
  availability: readonly Row<typeof availability>[]
  consents: readonly Row<typeof consent>[]
  work: readonly Work[]
  led: readonly Row<typeof mission>[]
  cast: readonly { id: string; project_id: string; number: string; name: string }[]
  files: readonly { id: string; name: string; path: string | null; bytes: number }[]
  user: { name: string; email: string | null } | null
  missions: ReadonlyMap<string, Pick<Row<typeof mission>, 'title' | 'day_code' | 'zone'>>
  /** Names of projects, crew roles, skills and kinds of certification by id. */
  names: ReadonlyMap<string, string>
  withheld: readonly string[]
  elsewhere: number
}

type Say = (fr: string, en: string) => string
const row = (id: string, cells: Record<string, Cell>): ListRow => ({ id, cells })
const at = (instant: Instant | null, zone: string): Cell => (instant === null ? null : { at: instant, zone, of: null })
const date = (day: LocalDate | null): Cell => (day === null ? null : { date: day })

function table(title: string, empty: string, columns: ListColumn[], rows: ListRow[]): TableSection {
  return { kind: 'table', title, note: null, columns, empty, groups: rows.length === 0 ? [] : [{ id: 'all', code: null, title: '', count: null, rows }] }
}

/** A table with the name of its file, without ending. */
export interface PersonTable {
  file: string
  section: TableSection | FactsSection
}

function identity({ person, user, language, roles }: PersonFile, say: Say): FactsSection {
  const contact = (value: Row<typeof collaborator>['emergency_contact']): string => (value ? [value.name, value.relation, value.phone].filter((part) => part !== '').join(', ') : '')
  const facts: [id: string, label: string, value: string][] = [
    ['display_name', say('Nom', 'Name'), person.display_name],
    ['first_name', say('Prénom', 'First name'), person.first_name ?? ''],
    ['last_name', say('Nom de famille', 'Last name'), person.last_name ?? ''],
    ['email', say('E-mail', 'E-mail'), person.email ?? ''],
    ['phone', say('Téléphone', 'Telephone'), person.phone ?? ''],
    ['address', say('Adresse', 'Address'), person.address ?? ''],
    ['birth_date', say('Date de naissance', 'Date of birth'), person.birth_date === null ? '' : shortDate(person.birth_date, language)],
    ['emergency_contact', say('Personne à prévenir', 'Emergency contact'), contact(person.emergency_contact)],
    ['backup_contact', say('Contact de remplacement', 'Backup contact'), contact(person.backup_contact)],
    ['languages', say('Langues', 'Languages'), person.languages.join(', ')],
    ['roles', say('Fonctions', 'Crew roles'), roles.map((role) => role.name).join(', ')],
    ['status', say('État', 'Status'), person.status === 'active' ? say('actif', 'active') : say('inactif', 'inactive')],
    ['tags', say('Étiquettes', 'Tags'), person.tags.join(', ')],
    ['notes', say('Notes', 'Notes'), person.notes ?? ''],
    ['retain_until', say('À garder jusqu’au', 'Kept until'), person.retain_until === null ? '' : shortDate(person.retain_until, language)],
    ['source', say('Source', 'Source'), person.source ?? ''],
    ['external_id', say('Identifiant ailleurs', 'Identifier elsewhere'), person.external_id ?? ''],
    ['user', say('Compte', 'Account'), user ? [user.name, user.email].filter(Boolean).join(', ') : ''],
  ]
  return { kind: 'facts', title: say('Identité et contact', 'Identity and contact'), boxed: false, geo: null, facts: facts.filter(([, , value]) => value !== '').map(([id, label, value]) => ({ id, label, lines: value.split('\n') })) }
}

function work(file: PersonFile, say: Say): TableSection {
  const priced = file.work.some(({ rate_minor }) => rate_minor !== null)
  const desk = { say }
  return table(say('Affectations', 'Assignments'), say('Aucune affectation.', 'No assignment.'), [
    column('day', say('Date', 'Date'), 'date', 62), column('project', say('Projet', 'Project'), 'text', 74, 1), column('mission', say('Mission', 'Mission'), 'strong', 86, 1), column('role', say('Fonction', 'Crew role'), 'text', 72, 1),
    column('start', say('Début', 'Start'), 'clock', 38), column('end', say('Fin', 'End'), 'clock', 38), column('kind', say('Engagement', 'Engagement'), 'text', 66), column('state', say('État', 'State'), 'state', 66),
    ...(priced ? [column('rate', say('Tarif', 'Rate'), 'money', 58)] : []), column('notes', say('Notes', 'Notes'), 'quiet', 50, 1),
  ], [...file.work].sort((a, b) => (a.start_at < b.start_at ? -1 : 1)).map((one) => {
    const on = file.missions.get(one.mission_id)
    const zone = on?.zone ?? file.zone
    return row(one.id, {
      day: { date: localDateOf(one.start_at, zone) }, project: file.names.get(one.project_id) ?? null, mission: on ? [on.day_code, on.title].filter(Boolean).join(' · ') : null,
      role: one.crew_role_id === null ? null : (file.names.get(one.crew_role_id) ?? null), start: at(one.start_at, zone), end: { at: one.end_at, zone, of: localDateOf(one.start_at, zone) }, kind: kindWord(desk, one.engagement_kind),
      state: stateCell(desk, 'assignment', one.state), rate: one.rate_minor === null ? null : { minor: one.rate_minor, currency: one.rate_currency ?? 'EUR' }, notes: one.notes,
    })
  }))
}

const yes = (answer: string, say: Say): string => (answer === 'given' ? say('accepté', 'given') : say('refusé', 'refused'))
const purposes: Readonly<Record<string, readonly [fr: string, en: string]>> = { phone_on_sheets: ['téléphone sur les feuilles', 'telephone on sheets'], email: ['messages par e-mail', 'messages by e-mail'], image: ['image', 'image'] }

/** The tables of a person's file, in the order of reading; those without a row are left out. */
export function personTables(file: PersonFile): PersonTable[] {
  const say: Say = (fr, en) => (file.language === 'fr' ? fr : en)
  const none = say('Rien.', 'Nothing.')
  const nameOf = (id: string | null): string | null => (id === null ? null : (file.names.get(id) ?? null))
  const all: PersonTable[] = [
    { file: say('identite', 'identity'), section: identity(file, say) },
    { file: say('affectations', 'assignments'), section: work(file, say) },
    { file: say('fonctions', 'crew-roles'), section: table(say('Fonctions', 'Crew roles'), none, [column('name', say('Fonction', 'Crew role'), 'strong', 160, 1), column('main', say('Principale', 'Main'), 'text', 80)], file.roles.map((one) => row(one.id, { name: one.name, main: one.main ? say('oui', 'yes') : say('non', 'no') }))) },
    { file: say('competences', 'skills'), section: table(say('Compétences', 'Skills'), none, [column('name', say('Compétence', 'Skill'), 'strong', 160, 1), column('level', say('Niveau, de 0 à 5', 'Level, 0 to 5'), 'count', 90)], file.skills.map((one) => row(one.id, { name: nameOf(one.skill_id), level: one.level }))) },
    {
      file: say('habilitations', 'certifications'),
      section: table(say('Habilitations', 'Certifications'), none, [column('kind', say('Habilitation', 'Certification'), 'strong', 150, 1), column('number', say('Numéro', 'Number'), 'text', 110), column('issued', say('Délivrée le', 'Issued on'), 'date', 74), column('expires', say('Expire le', 'Expires on'), 'date', 74)],
        file.certifications.map((one) => row(one.id, { kind: nameOf(one.kind_id), number: one.number, issued: date(one.issued_on), expires: date(one.expires_on) }))),
    },
    {
      file: say('disponibilites', 'availability'),
      section: table(say('Disponibilités', 'Availability'), none, [column('kind', say('Disponibilité', 'Availability'), 'strong', 84), column('start', say('Du', 'From'), 'moment', 96), column('end', say('Au', 'To'), 'moment', 96), column('project', say('Projet', 'Project'), 'text', 90, 1), column('reason', say('Précision', 'Note'), 'quiet', 90, 1)],
        file.availability.map((one) => row(one.id, { kind: one.kind === 'available' ? say('disponible', 'available') : say('indisponible', 'unavailable'), start: at(one.start_at, one.zone), end: at(one.end_at, one.zone), project: nameOf(one.availability_project_id), reason: one.reason }))),
    },
    {
      file: say('consentements', 'consents'),
      section: table(say('Consentements', 'Consents'), none, [column('purpose', say('Objet', 'Purpose'), 'strong', 150, 1), column('answer', say('Réponse', 'Answer'), 'text', 70), column('on', say('Date', 'Date'), 'date', 74), column('source', say('Source', 'Source'), 'text', 110, 1)],
        file.consents.map((one) => row(one.id, { purpose: say(...(purposes[one.purpose] ?? [one.purpose, one.purpose])), answer: yes(one.answer, say), on: date(one.answered_on), source: one.source }))),
    },
    {
      file: say('missions-menees', 'missions-led'),
      section: table(say('Missions menées', 'Missions led'), none, [column('day', say('Date', 'Date'), 'date', 66), column('project', say('Projet', 'Project'), 'text', 110, 1), column('title', say('Mission', 'Mission'), 'strong', 130, 1)],
        file.led.map((one) => row(one.id, { day: { date: localDateOf(one.start_at, one.zone) }, project: nameOf(one.project_id), title: [one.day_code, one.title].filter(Boolean).join(' · ') }))),
    },
    {
      file: say('personnages', 'characters'),
      section: table(say('Personnages', 'Characters'), none, [column('project', say('Projet', 'Project'), 'text', 130, 1), column('number', say('Numéro', 'Number'), 'code', 50), column('name', say('Personnage', 'Character'), 'strong', 150, 1)], file.cast.map((one) => row(one.id, { project: nameOf(one.project_id), number: one.number, name: one.name }))),
    },
    {
      file: say('documents', 'documents'),
      section: table(say('Documents', 'Documents'), none, [column('name', say('Nom', 'Name'), 'strong', 180, 1), column('bytes', say('Octets', 'Bytes'), 'count', 70), column('path', say('Dans ce dossier', 'In this folder'), 'quiet', 160, 1)],
        file.files.map((one) => row(one.id, { name: one.name, bytes: one.bytes, path: one.path ?? say('absent de cet ordinateur', 'not on this computer') }))),
    },
  ]
  return all.filter(({ section }) => section.kind === 'facts' || section.groups.length > 0)
}

/** The whole as one document, and what it does not hold said at its head. */
export function personContent(file: PersonFile, tables: readonly PersonTable[] = personTables(file)): ListContent {
  const say: Say = (fr, en) => (file.language === 'fr' ? fr : en)
  const lacks = [
    ...(file.withheld.length > 0 ? [say('Des champs réservés manquent : cette copie n’est pas complète.', 'Some reserved fields are missing: this copy is not complete.')] : []),
    ...(file.elsewhere > 0 ? [say('Des fiches d’autres projets manquent : cette copie n’est pas complète.', 'Records of other projects are missing: this copy is not complete.')] : []),
    ...(file.files.some(({ path }) => path === null) ? [say('Un document n’est pas sur cet ordinateur.', 'A document is not on this computer.')] : []),
  ]
  return {
    format: 1, document: 'person_file', language: file.language, organization: file.organization, project: null,
    title: say('Données de la personne', 'Data held on a person'), badge: null, subtitle: file.person.display_name, notes: [shortDate(localDateOf(file.made_at, file.zone), file.language)], filters: null, zone: file.zone,
    sections: [
      ...(lacks.length > 0 ? [{ kind: 'facts' as const, title: null, boxed: true, geo: null, facts: [{ id: 'lacks', label: say('À savoir', 'Note'), lines: lacks }] }] : []),
      ...tables.map(({ section }) => section),
    ],
  }
}
