/** The filters of a page as one sentence, in the document's language, with names where the page has ids (ui 5.4: "filters in words"). */
import { z } from 'zod'
import { location } from '../../domain/locations/model.ts'
import { crewRole, department, member, skill } from '../../domain/organization/model.ts'
import { collaborator } from '../../domain/people/model.ts'
import { mission, project } from '../../domain/planning/model.ts'
import { NNBSP } from '../../domain/runsheets/formats.ts'
import { isId } from '../../kernel/ids.ts'
import type { Id } from '../../kernel/ids.ts'
import { fromMs, isInstant, isLocalDate, localDateOf, toMs } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { entityWords } from '../words/entities.ts'
import { operationWords } from '../words/operations.ts'
import type { Said } from '../words/said.ts'
import { valueWords } from '../words/values.ts'
import { spanOfDays } from './days.ts'
import type { Desk } from './desk.ts'
import { filterFields } from './filter-fields.ts'
import type { FilterField, Naming } from './filter-fields.ts'

type Value = string | number | boolean | null
const ValueList = z.union([z.null(), z.string(), z.number(), z.boolean(), z.array(z.union([z.null(), z.string(), z.number(), z.boolean()]))])
const Range = z.strictObject({ gte: z.union([z.string(), z.number()]).optional(), gt: z.union([z.string(), z.number()]).optional(), lte: z.union([z.string(), z.number()]).optional(), lt: z.union([z.string(), z.number()]).optional() })
const Condition = z.union([ValueList.transform((is) => ({ is })), z.strictObject({ not: ValueList }), Range.transform((range) => ({ range }))])

/** `Filtres : fonction Lumière ou Son ; état différent d’Annulé ; du 24 au 26 octobre 2026.`; without any: `Filtres : aucun.` */
export async function filterSentence(desk: Desk, operation: string): Promise<string> {
  const { say } = desk
  const fields = filterFields[operation] ?? {}
  const parts: string[] = []
  for (const [name, asked] of Object.entries(desk.filtered?.filter ?? {})) {
    const condition = Condition.safeParse(asked)
    if (!condition.success || name === 'id') continue
    const field = fields[name] ?? { label: [name, name] as const, naming: { kind: 'text' as const } }
    parts.push(await partOf(desk, field, condition.data))
  }
  const chosen = desk.ids?.length ?? idsIn(desk.filtered?.filter?.['id'])
  if (chosen !== null) parts.unshift(say(`${chosen} ${chosen < 2 ? 'ligne choisie' : 'lignes choisies'}`, `${chosen} chosen ${chosen === 1 ? 'row' : 'rows'}`))
  const search = desk.filtered?.search?.trim() ?? ''
  if (search !== '') parts.push(say(`mots «${NNBSP}${search}${NNBSP}»`, `words “${search}”`))
  return `${say(`Filtres${NNBSP}: `, 'Filters: ')}${parts.length === 0 ? say('aucun', 'none') : parts.join(say(`${NNBSP}; `, '; '))}.`
}

const idsIn = (asked: unknown): number | null => (Array.isArray(asked) ? asked.length : typeof asked === 'string' ? 1 : null)

async function partOf(desk: Desk, field: FilterField, condition: z.infer<typeof Condition>): Promise<string> {
  const { say } = desk
  const label = say(...field.label)
  if ('range' in condition) return rangeWords(desk, field, label, condition.range)
  const negated = 'not' in condition
  const asked = negated ? condition.not : condition.is
  const values: Value[] = Array.isArray(asked) ? asked : [asked]
  const { naming } = field
  if (naming.kind === 'yes_no' && values.length === 1 && typeof values[0] === 'boolean') return say(...((values[0] !== negated) ? naming.yes : naming.no))
  const empty = values.includes(null)
  const names = await namesOf(desk, naming, values.filter((value) => value !== null))
  const none = say(field.feminine ? 'non renseignée' : 'non renseigné', 'not given')
  if (!negated) return `${label} ${either(desk, [...names, ...(empty ? [none] : [])], say('ou', 'or'))}`
  if (names.length === 0) return `${label} ${say(field.feminine ? 'renseignée' : 'renseigné', 'given')}`
  const other = names.length === 1 ? say(`${field.feminine ? 'différente' : 'différent'} ${of(names[0] ?? '')}`, `other than ${names[0] ?? ''}`) : say(`ni ${names.join(' ni ')}`, `neither ${names.join(' nor ')}`)
  return `${label} ${other}${empty ? say(', renseigné', ', given') : ''}`
}

const either = ({ say }: Desk, names: readonly string[], or: string): string => (names.length === 0 ? say('aucun', 'none') : names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${or} ${names.at(-1) ?? ''}`)
/** French elides before a vowel. */
const of = (name: string): string => (/^[aeiouy]/i.test(name.normalize('NFD')) ? `d’${name}` : `de ${name}`)

type Bounds = z.infer<typeof Range>

function rangeWords(desk: Desk, { naming }: FilterField, label: string, { gte, gt, lte, lt }: Bounds): string {
  const { say, language } = desk
  if (naming.kind === 'days') {
    const zone = desk.project?.zone ?? desk.organization.default_zone
    const from = dayOf(gte ?? gt ?? null, zone, 0)
    // Up to the first instant of the next day is up to the end of the day.
    const to = lte !== undefined ? dayOf(lte, zone, 0) : dayOf(lt ?? null, zone, 1)
    return [label, spanOfDays(from, to, language)].filter((part) => part !== '').join(' ')
  }
  const low = gte ?? gt
  const high = lte ?? lt
  return [label, ...(low === undefined ? [] : [`${say('à partir de', 'from')} ${low}`]), ...(high === undefined ? [] : [`${say('jusqu’à', 'up to')} ${high}`])].join(' ')
}

function dayOf(value: string | number | null, zone: string, less: 0 | 1): LocalDate | null {
  if (isLocalDate(value)) return less === 0 ? value : localDateOf(fromMs(Date.parse(`${value}T00:00:00.000Z`) - 1), 'UTC')
  return isInstant(value) ? localDateOf(fromMs(toMs(value) - less), zone) : null
}

async function namesOf(desk: Desk, naming: Naming, values: readonly (string | number | boolean)[]): Promise<string[]> {
  const texts = values.map(String)
  const word = (table: Readonly<Record<string, Said>>, key: string, otherwise: string): string => {
    const said = table[key]
    return said ? desk.say(...said) : otherwise
  }
  switch (naming.kind) {
    case 'word':
      return texts.map((text) => word(valueWords, `${naming.family}.${text}`, text))
    case 'entity':
      return texts.map((text) => word(entityWords, text, text))
    case 'action':
      return texts.map((text) => word(operationWords, text.replaceAll('.', '_'), text))
    case 'department_code': {
      const rows = await desk.reader.find(department, { code: texts }, { removed: true })
      return texts.map((text) => named(desk, rows.find((row) => row.code === text)) ?? text)
    }
    case 'member': {
      const rows = await desk.reader.find(member, { user_id: texts.filter(isId) }, { removed: true })
      return texts.map((text) => rows.find((row) => row.user_id === text)?.name ?? unseen(desk))
    }
    case 'record': {
      const names = await namesOfRecords(desk, naming.entity, texts.filter(isId))
      return texts.map((text) => names.get(text) ?? unseen(desk))
    }
    case 'yes_no':
      return texts.map((text) => desk.say(...(text === 'true' ? naming.yes : naming.no)))
    default:
      return texts.map((text) => (naming.kind === 'days' && isLocalDate(text) ? spanOfDays(text, text, desk.language) : text))
  }
}

const named = ({ language }: Desk, row: { name: string; name_en?: string | null } | undefined): string | undefined => (row === undefined ? undefined : language === 'en' ? (row.name_en ?? row.name) : row.name)
/** Removed, or not for this person's eyes: a name is not given away by a filter. */
const unseen = ({ say }: Desk): string => say('(fiche non visible)', '(record not visible)')

async function namesOfRecords(desk: Desk, entity: Extract<Naming, { kind: 'record' }>['entity'], ids: readonly Id[]): Promise<ReadonlyMap<string, string>> {
  const { reader } = desk
  const map = <T extends { id: Id }>(rows: readonly T[], name: (row: T) => string | undefined): ReadonlyMap<string, string> => new Map(rows.map((row) => [row.id as string, name(row) ?? '']))
  switch (entity) {
    case 'location':
      return map(await reader.getMany(location, ids), (row) => row.name)
    case 'crew_role':
      return map(await reader.getMany(crewRole, ids), (row) => named(desk, row))
    case 'department':
      return map(await reader.getMany(department, ids), (row) => named(desk, row))
    case 'skill':
      return map(await reader.getMany(skill, ids), (row) => row.name)
    case 'mission':
      return map(await reader.getMany(mission, ids), (row) => [row.day_code, row.title].filter((part) => part !== null).join(' '))
    case 'collaborator':
      return map(await reader.getMany(collaborator, ids), (row) => row.display_name)
    case 'project':
      return map(await reader.getMany(project, ids), (row) => row.name)
  }
}
