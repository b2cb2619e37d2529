/** Rows that nobody enters are made by whoever decides: they keep no command aside (decision 0011, c; sync rules 10 to 12, 17r, 29). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { splitBulk } from '../../../shared/core/bulk-split.ts'
import { acceptance } from '../../../shared/domain/engagement/model.ts'
import { isConsequence } from '../../../shared/domain/entity.ts'
import { assignment } from '../../../shared/domain/planning/model.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { findCommand, type LoggedCommand } from '../../../shared/store/command-log.ts'
import { DEADLINE, openAsking, type Asking, type Laptop } from '../../fixtures/asking.ts'

const NINE = '2026-10-24T09:00:00.000Z'
const TEN = '2026-10-24T10:00:00.000Z'
const LATER = '2026-10-23T12:00:00.000Z'
let asking: Asking
let laptop: Laptop
let mission: Id
let rows: { id: Id; person: Id }[]

beforeEach(async () => {
  asking = await openAsking()
  const planned = await asking.plan(['Inès Morvan', 'Tom Lacaze'])
  mission = planned.mission
  rows = planned.rows
  laptop = await asking.laptop(asking.owner.user_id)
})
afterEach(() => asking.close())

const row = (index = 0): Id => rows[index]?.id ?? ('' as Id)
const move = (from: Pick<Laptop, 'ask'> | Asking, start_at: string, more: object = {}) => from.ask('test.move', { changes: [{ id: row(), start_at }], ...more })
const accept = (from: Pick<Laptop, 'ask'> | Asking, index = 0) => from.ask('test.accept', { id: row(index), deadline_at: DEADLINE })
const asked = () => asking.authority.core.reader().find(acceptance, {}, { removed: true })
const assigned = async (index = 0) => asking.authority.core.reader().need(assignment, row(index))
/** What became of what waited on the laptop. */
async function sent(): Promise<(LoggedCommand | null)[]> {
  const waiting = await asking.waiting()
  await asking.push()
  const found: (LoggedCommand | null)[] = []
  for (const { command } of waiting) found.push(await findCommand(asking.file.engine, asking.org, command.id))
  return found
}

describe('a row that nobody enters', () => {
  it('is one of an entity without any entered field', () => {
    expect([isConsequence(acceptance), isConsequence(assignment)]).toEqual([true, false])
  })

  it('that deciding makes and the author’s computer did not is no reason to keep a command aside (rule 11, decision C12)', async () => {
    await move(laptop, NINE)
    await accept(asking)
    expect(await sent()).toMatchObject([{ outcome: 'applied', note: null }])
    expect(await assigned()).toMatchObject({ start_at: NINE, state: 'accepted' })
    expect(await asked()).toMatchObject([{ assignment_id: row(), state: 'draft', terms: { start_at: NINE } }])
  })

  it('that the author’s computer made and deciding does not is none either (rule 11)', async () => {
    await accept(asking)
    await asking.pull(laptop)
    await move(laptop, NINE)
    expect(await laptop.replica.core.reader().find(acceptance, {})).toHaveLength(1)
    await asking.file.engine.run("UPDATE assignment SET state = 'planned' WHERE id = ?", [row()])
    expect(await sent()).toMatchObject([{ outcome: 'applied' }])
    expect(await assigned()).toMatchObject({ start_at: NINE, state: 'planned' })
    expect(await asked()).toEqual([])
  })

  it('that others wrote, or took away, meanwhile neither conflicts nor refuses (rules 10, 12)', async () => {
    await accept(asking)
    await move(asking, NINE)
    const [draft] = await asked()
    await asking.pull(laptop)
    await move(laptop, TEN, { deadline_at: LATER })
    const [before] = await laptop.replica.core.reader().find(acceptance, {})
    expect(before).toMatchObject({ id: draft?.id, deadline_at: LATER })
    await asking.act('test.tell', { id: draft?.id })
    await asking.act('test.tell', { id: draft?.id, remove: true })
    expect(await sent()).toMatchObject([{ outcome: 'applied', note: null, record: { rows: [{ entity: 'assignment' }, { entity: 'acceptance', op: 'update', fields: {} }] } }])
    expect(await assigned()).toMatchObject({ start_at: TEN })
    const living = (await asked()).filter(({ deleted_at }) => deleted_at === null)
    expect(living).toMatchObject([{ deadline_at: LATER }])
    expect(living[0]?.id).not.toBe(draft?.id)
    await asking.pull(laptop)
    expect(await laptop.replica.core.reader().find(acceptance, {})).toMatchObject([{ id: living[0]?.id }])
    expect(await laptop.replica.state()).toMatchObject({ waiting: 0, failing: 0 })
  })

  it('still lets a command be kept aside for what people entered', async () => {
    await accept(asking)
    await asking.pull(laptop)
    await laptop.ask('test.move', { changes: [{ id: row(), version: 2, start_at: NINE }] })
    await move(asking, TEN)
    expect(await sent()).toMatchObject([{ outcome: 'conflict', answer: { why: 'value' } }])
    const [kept] = await asking.waiting()
    // Nobody decides about it: only what was entered is shown, and done again.
    const detail = (await asking.ask('sync.kept', { id: kept?.command.id })) as { fields_of: { entity: string; field: string }[]; choices: string[] }
    expect(new Set(detail.fields_of.map(({ entity }) => entity))).toEqual(new Set(['assignment']))
    expect(detail.choices.toSorted()).toEqual(['fields', 'mine', 'theirs'])
    await asking.ask('sync.resolve', { id: kept?.command.id, choice: 'mine' })
    expect(await assigned()).toMatchObject({ start_at: NINE })
    expect((await asked()).map(({ state }) => state)).toEqual(['draft'])
  })
})

describe('what is recorded of a row that nobody enters', () => {
  it('is all that it says, so that a view of somebody else’s shows it (17r)', async () => {
    const planner = await asking.ask('member.add', { user_id: '5b4e7a0e-3c53-4e0c-8f7e-1f6a10c0ffee', name: 'Paul Roux', email: 'paul@example.org', role: 'org_admin', project_id: null })
    expect(planner).toHaveProperty('id')
    await accept(asking)
    await asking.pull(laptop)
    const other = await asking.laptop('5b4e7a0e-3c53-4e0c-8f7e-1f6a10c0ffee' as Id)
    await move(laptop, NINE)
    const [waiting] = await asking.waiting()
    const made = waiting?.command.record.rows.find(({ entity }) => entity === 'acceptance')
    expect(made).toMatchObject({ op: 'insert', beside: { assignment_id: { base: null, mine: row() }, deadline_at: { base: null, mine: DEADLINE } } })
    // What a new row has anyway is not said.
    expect(made?.beside).not.toHaveProperty('state')
    await other.replica.catchUp()
    const [mine] = await laptop.replica.core.reader().find(acceptance, {})
    const [theirs] = await other.replica.core.reader().find(acceptance, {})
    expect(theirs).toMatchObject({ id: mine?.id, assignment_id: row(), terms: mine?.terms, deadline_at: DEADLINE, state: 'draft' })
    expect(await other.ask('assignment.get', { id: row() })).toMatchObject({ start_at: NINE })
  })

  it('holds up nothing of somebody else’s when it was taken away meanwhile (17r)', async () => {
    await asking.ask('member.add', { user_id: '5b4e7a0e-3c53-4e0c-8f7e-1f6a10c0ffee', name: 'Paul Roux', email: 'paul@example.org', role: 'org_admin', project_id: null })
    await accept(asking)
    await move(asking, NINE)
    const [draft] = await asked()
    await asking.pull(laptop)
    await move(laptop, TEN, { deadline_at: LATER })
    await asking.act('test.tell', { id: draft?.id, remove: true })
    const other = await asking.laptop('5b4e7a0e-3c53-4e0c-8f7e-1f6a10c0ffee' as Id)
    expect(await other.ask('assignment.get', { id: row() })).toMatchObject({ start_at: TEN })
    expect(await other.replica.core.reader().find(acceptance, {})).toEqual([])
  })

  it('goes with the entry of a list that it follows from (rule 29)', async () => {
    for (const index of [0, 1]) await accept(asking, index)
    await asking.pull(laptop)
    await laptop.ask('test.move', { changes: rows.map(({ id }) => ({ id, start_at: NINE })) })
    const [{ command } = { command: null }] = await asking.waiting()
    if (!command) throw new Error('nothing waits')
    expect(command.record.rows.map(({ entity }) => entity)).toEqual(['assignment', 'acceptance', 'assignment', 'acceptance'])
    const rest = splitBulk({ input: command.input, record: command.record }, [row(0)])
    expect(rest).toEqual({ input: { changes: [{ id: row(1), start_at: NINE }] }, record: { rows: command.record.rows.slice(2) } })
    // A draft written anew names no entry: it is in neither part, and keeps neither back.
    const anew = { ...command.record.rows[1], op: 'update' as const, fields: {}, beside: { deadline_at: { base: DEADLINE, mine: LATER } } } as (typeof command.record.rows)[number]
    expect(splitBulk({ input: command.input, record: { rows: [anew, ...command.record.rows.filter(({ entity }) => entity === 'assignment')] } }, [row(0)])?.record.rows.map(({ id }) => id)).toEqual([row(1)])
    // The laptop does it at once when somebody moved one of them.
    await move(asking, TEN)
    await asking.push()
    await asking.pull(laptop)
    const again = await asking.waiting()
    expect(again.map((one) => one.command.input)).toEqual([{ changes: [{ id: row(1), start_at: NINE }] }])
    expect((await laptop.ask('mission.get', { id: mission }))['title']).toBe('Montage')
  })
})
