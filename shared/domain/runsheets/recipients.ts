/**
 * Who is to be told of a version, what it changed for each, and what each has said of it. Read from frozen versions and from what was told;
 * nothing of it is stored, so that it cannot disagree with them.
 */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { Row } from '../entity.ts'
import type { Reader } from '../operation.ts'
import { assignment } from '../planning/model.ts'
import { namesOf, personNow } from '../publication/material.ts'
import { changeLines } from './change-sentences.ts'
import type { ChangeLine } from './change-sentences.ts'
import { compareSheets } from './compare.ts'
import type { SheetChange } from './compare.ts'
import { departmentsOf, onSheet, personalChanges } from './concern.ts'
import type { RevisionRow } from './material.ts'
import { revision, sheetDelivery } from './model.ts'
import type { SheetPerson, SheetSnapshot } from './snapshot.ts'
import { recipientStates, type RecipientState } from './rules.ts'
import { contentOf } from './versions.ts'

export type DeliveryRow = Row<typeof sheetDelivery>

export interface Recipient {
  collaborator_id: Id
  name: string
  /** Null on the sheet no more: they are told that. */
  lines: SheetPerson[] | null
  state: RecipientState
  /** Does it say something to them that they were not told before? A first sheet does, and being on it no more. */
  concerned: boolean
  /** Number of the version that they know; null: none before this one. */
  known: number | null
  /** What is otherwise for them than in the version they know; empty for a first sheet. */
  changes: ChangeLine[]
  /** Of this version, else of the one they know when nothing changed for them since; null: none. */
  delivery: DeliveryRow | null
  /** Number of the version that `delivery` is of. */
  delivered: number | null
  /** Of the mail of this very version; null: none was prepared. */
  mail: Pick<DeliveryRow, 'mail_state' | 'mail_failure'> | null
}

interface Version {
  row: RevisionRow
  sheet: SheetSnapshot
  /** By person: their lines. */
  people: ReadonlyMap<Id, SheetPerson[]>
}

/** Whose lines they are: as it was when the version was published, else as it is now. */
async function peopleOf(reader: Reader, row: RevisionRow, sheet: SheetSnapshot, now: (id: string) => string): Promise<Version['people']> {
  const given = row.recipients ?? (await reader.find(assignment, { id: sheet.people.map(({ id }) => id) }, { removed: true })).map(({ id, collaborator_id }) => ({ assignment_id: id, collaborator_id }))
  const whose = new Map(given.map(({ assignment_id, collaborator_id }) => [assignment_id as string, now(collaborator_id) as Id]))
  const people = new Map<Id, SheetPerson[]>()
  for (const line of sheet.people) {
    const person = whose.get(line.id)
    if (person !== undefined) people.set(person, [...(people.get(person) ?? []), line])
  }
  return people
}

export interface Distribution {
  recipients: Recipient[]
  zone: string
}

/** The one that stands when two say the same of one person: merged entries may have one each. */
const further = (a: DeliveryRow | undefined, b: DeliveryRow): DeliveryRow => (a === undefined || rank(b) > rank(a) ? b : a)
/** A row that only says that a mail is on its way, or was given up, tells nobody. */
export const wasTold = (row: DeliveryRow): boolean => rank(row) > 0
const rank = (row: DeliveryRow): number => (row.confirmed_at !== null ? 3 : row.opened_at !== null ? 2 : row.sent_at !== null ? 1 : 0)
const stateOf = (row: DeliveryRow | null): RecipientState => recipientStates[row === null ? 0 : rank(row)] ?? 'to_tell'

/**
 * `as`: the content to judge by instead of the version's own (a draft of it that is only thought of). `only`: one person.
 * People by department and name as the sheet has them; those who are on it no more last.
 */
export async function distributionOf(reader: Reader, row: RevisionRow, asked: { as?: SheetSnapshot; only?: Id | undefined } = {}): Promise<Distribution> {
  const now = await personNow(reader)
  const frozen = await reader.find(revision, { sheet_id: row.sheet_id, state: ['published', 'archived'] })
  // A version that is not out yet comes after all that are.
  const coming = asked.as !== undefined || row.published_at === null
  const former = frozen.filter((one) => coming || String(one.published_at) < String(row.published_at)).sort(newestFirst)
  const said = new Map<Id, Map<Id, DeliveryRow>>()
  const mails = new Map<Id, DeliveryRow>()
  for (const one of await reader.find(sheetDelivery, { revision_id: [row.id, ...former.map(({ id }) => id)] })) {
    if (one.revision_id === row.id && one.mail_state !== null) mails.set(now(one.collaborator_id) as Id, one)
    if (!wasTold(one)) continue
    const whose = said.get(one.revision_id) ?? new Map<Id, DeliveryRow>()
    const person = now(one.collaborator_id) as Id
    said.set(one.revision_id, whose.set(person, further(whose.get(person), one)))
  }
  const versions = new Map<Id, Promise<Version>>()
  const versionOf = (one: RevisionRow): Promise<Version> => {
    const known = versions.get(one.id) ?? contentOf(reader, one).then(async (sheet) => ({ row: one, sheet, people: await peopleOf(reader, one, sheet, now) }))
    versions.set(one.id, known)
    return known
  }
  const sheet = asked.as ?? (await contentOf(reader, row))
  const people = await peopleOf(reader, asked.as ? { ...row, recipients: null } : row, sheet, now)
  const compared = new Map<Id, SheetChange[]>()
  const changesSince = ({ row: one, sheet: was }: Version): SheetChange[] => {
    const known = compared.get(one.id) ?? compareSheets(was, sheet)
    compared.set(one.id, known)
    return known
  }
  /** The last version they were told of before this one. */
  const knownBy = (person: Id): RevisionRow | null => former.find((one) => said.get(one.id)?.has(person)) ?? null
  const own = asked.as === undefined ? said.get(row.id) : undefined
  const gone: Id[] = []
  for (const person of new Set([...said.values()].flatMap((whose) => [...whose.keys()]))) {
    const last = people.has(person) ? null : knownBy(person)
    if (last && (await versionOf(last)).people.has(person)) gone.push(person)
  }
  const wanted = [...people.keys(), ...gone].filter((id) => asked.only === undefined || id === asked.only)
  const names = await namesOf(reader, wanted)
  const recipients: Recipient[] = []
  for (const id of wanted) {
    const lines = people.get(id) ?? null
    const last = knownBy(id)
    const known = last ? await versionOf(last) : null
    const changes = known === null ? [] : personalChanges(changesSince(known), onSheet([...(known.people.get(id) ?? []), ...(lines ?? [])]), departmentsOf(known.sheet, sheet))
    const concerned = known === null || lines === null || changes.length > 0
    const mine = own?.get(id) ?? null
    const delivery = mine ?? (concerned || !last ? null : (said.get(last.id)?.get(id) ?? null))
    recipients.push({
      collaborator_id: id, name: names.get(id) ?? '', lines, concerned, known: known?.row.number ?? null, delivery, state: stateOf(delivery),
      changes: changeLines(changes, { zone: sheet.zone, date: sheet.date, language: sheet.language }), delivered: mine ? row.number : delivery && last ? last.number : null,
      mail: asked.as === undefined ? (mails.get(id) ?? null) : null,
    })
  }
  return { recipients, zone: sheet.zone }
}

const newestFirst = (a: RevisionRow, b: RevisionRow): number => (`${a.published_at} ${String(a.number).padStart(5, '0')}` < `${b.published_at} ${String(b.number).padStart(5, '0')}` ? 1 : -1)

/** The first call of a person: what they are told first. */
export const firstCall = (lines: readonly SheetPerson[] | null): Instant | null => (lines ?? []).map((line) => line.call_at).sort()[0] ?? null
