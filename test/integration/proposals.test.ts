/** Proposals: looked at, nothing of them is anywhere; applied, they are what was shown, as one gesture. */
import { afterEach, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore } from '../../shared/core/organization-core.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { isError, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { hour, openPlanned, type Planned } from '../fixtures/planned.ts'

let made: Planned | null = null
afterEach(async () => {
  await made?.app.close()
  made = null
})
const open = async (seed: string): Promise<Planned> => (made = await openPlanned({ seed }))

interface Listed { id: string; kind: string; severity: string; acknowledged: boolean; project_ids: string[]; records: { id: string | null }[] }
interface Preview {
  changes: { entity: string; id: string; op: string; fields: Record<string, { from: unknown; to: unknown }> }[]
  changed: number
  broken: Listed[]
  mended: Listed[]
  refusal: { command: number; code: string; details: { issue: string; found: string | null }[] } | null
  effects: { kind: string; assignment_id: string; collaborator_id: string }[]
  reason: string
  names: { people: Record<string, string> }
}
const preview = async ({ app }: Planned, commands: unknown, session = app.owner): Promise<Preview> => (await app.ask('proposal.preview', { commands }, session)) as unknown as Preview
const conflicts = async ({ app }: Planned): Promise<Listed[]> => (await app.ask('conflict.list', { limit: 500 }))['items'] as Listed[]
const move = (id: string, version: number, terms: Record<string, unknown>) => ({ operation: 'assignment.change', input: { changes: [{ id, version, ...terms }] } })

/** Every row of every table, in an order of its own. */
async function digest({ app }: Planned): Promise<string> {
  const tables = (await app.file.readEngine.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", [])).map(({ name }) => String(name))
  const parts: string[] = []
  for (const table of tables) {
    const rows = (await app.file.readEngine.all(`SELECT * FROM "${table}"`, [])).map((row) => JSON.stringify(row))
    parts.push(`${table} ${sha256(rows.sort().join('\n'))}`)
  }
  return parts.join('\n')
}
const logged = async ({ app }: Planned): Promise<string[]> => (await app.file.readEngine.all('SELECT name FROM command_log ORDER BY seq', [])).map(({ name }) => String(name))

/** Two bars of one person that do not meet; both accepted, so that meeting is severe. */
async function nearly(plan: Planned): Promise<{ first: string; second: string }> {
  const first = await plan.plan(plan.people[0], plan.missions[0], [8, 12])
  const second = await plan.plan(plan.people[0], plan.missions[0], [14, 18])
  await plan.engage(first, 'accepted')
  await plan.engage(second, 'accepted')
  return { first, second }
}

describe('looking at a proposal', () => {
  it('writes nothing in any table, makes no row known, and changes no id of what comes after', async () => {
    const [one, two] = [await openPlanned({ seed: 'same' }), await openPlanned({ seed: 'same' })]
    try {
      const work = async (plan: Planned, looking: boolean): Promise<unknown> => {
        const { first } = await nearly(plan)
        const before = looking ? await digest(plan) : ''
        if (looking) {
          const commands = [
            move(first, 1, { start_at: hour(15), end_at: hour(19) }), move(first, 2, { collaborator_id: plan.people[1] }),
            { operation: 'mission.create', input: { project_id: plan.project, title: 'Rêvée', start_at: hour(8), end_at: hour(9) } },
            { operation: 'collaborator.create', input: { display_name: 'Personne', phone: '06 39 98 12 12' } },
            { operation: 'availability.set', input: { collaborator_id: plan.people[2], kind: 'unavailable', start_at: hour(8), end_at: hour(9), zone: 'Europe/Paris', reason: 'secret', project_id: null, replace: false } },
          ]
          const seen = await preview(plan, commands)
          expect(seen.refusal).toBeNull()
          expect(seen.changed).toBe(5)
          expect(await digest(plan)).toBe(before)
          expect(await logged(plan)).not.toContain('proposal.preview')
        }
        const made = await plan.app.ask('assignment.create', { mission_id: plan.missions[1], people: [{ collaborator_id: plan.people[2] }] }, plan.app.owner, 'after')
        return [made, (await conflicts(plan)).map(({ id }) => id)]
      }
      expect(await work(one, true)).toEqual(await work(two, false))
    } finally {
      await one.app.close()
      await two.app.close()
    }
  })

  it('says rows, effects, what it breaks and mends, and whether a reason is asked for', async () => {
    const plan = await open('says')
    const { first, second } = await nearly(plan)
    expect(await preview(plan, [move(first, 1, { start_at: hour(15), end_at: hour(19) })])).toMatchObject({
      changed: 1, refusal: null, reason: 'required', mended: [],
      changes: [{ entity: 'assignment', id: first, op: 'update', fields: { start_at: { from: hour(8), to: hour(15) }, end_at: { from: hour(12), to: hour(19) } } }],
      broken: [{ kind: 'person_overlap', severity: 'severe', acknowledged: false }], effects: [{ kind: 'asks_again', assignment_id: first, collaborator_id: plan.people[0] }],
      names: { people: { [plan.people[0]]: 'Inès Morvan' } },
    })
    expect((await preview(plan, [move(first, 1, { start_at: hour(15), end_at: hour(19) })], plan.planner)).reason).toBe('forbidden')
    const replaced = await preview(plan, [move(second, 1, { collaborator_id: plan.people[1] })])
    expect(replaced.effects.map(({ kind, collaborator_id }) => [kind, collaborator_id])).toEqual([['releases', plan.people[0]], ['plans', plan.people[1]]])
    expect(replaced.reason).toBe('none')
    expect((await preview(plan, [move(second, 1, { collaborator_id: plan.people[1] })], plan.planner)).refusal).toMatchObject({ command: 0, code: 'auth.forbidden', details: [{ issue: 'permission', found: second }] })
    // A command after another sees what that one did.
    const twice = await preview(plan, [move(first, 1, { start_at: hour(15), end_at: hour(19) }), move(first, 2, { start_at: hour(8), end_at: hour(12) })])
    expect([twice.broken, twice.changes.map(({ fields }) => Object.keys(fields))]).toEqual([[], [['reconfirm_since']]])
    expect((await preview(plan, [move(first, 1, { start_at: hour(15), end_at: hour(19) }), move(first, 1, { start_at: hour(8) })])).refusal).toMatchObject({ command: 1, code: 'concurrency.version_mismatch' })
  })

  it('shows no amount to who may not read it, and no other project by its name', async () => {
    const plan = await open('veiled')
    const { app, planner, people } = plan
    const there = await plan.plan(people[0], plan.elsewhere, [14, 18])
    await plan.engage(there, 'accepted')
    const id = await plan.plan(people[0], plan.missions[0], [8, 12])
    await plan.engage(id, 'accepted')
    await app.ask('organization.update', { id: app.org, version: 1, changes: { planners_read_rates: false } })
    const seen = await preview(plan, [{ operation: 'assignment.change_rate', input: { ids: [id], rate_card_id: plan.card } }, { operation: 'assignment.shift', input: { ids: [id], days: 0, minutes: 300 } }], planner)
    expect(seen.changes).toHaveLength(1)
    expect(Object.keys(seen.changes[0]?.fields ?? {}).sort()).toEqual(['end_at', 'reconfirm_since', 'start_at'])
    expect(JSON.stringify(seen)).not.toMatch(/25077|Tournée|AUT/)
    expect(JSON.stringify(seen)).not.toContain(there)
    expect(seen.broken).toMatchObject([{ kind: 'person_overlap', severity: 'severe', project_ids: [plan.project] }])
    // It is the other project's conflict too: only who may override in both answers for it.
    const over = [{ operation: 'assignment.shift', input: { ids: [id], days: 0, minutes: 300 } }]
    expect([(await preview(plan, over, plan.manager)).reason, (await preview(plan, over)).reason]).toEqual(['forbidden', 'required'])
    expect(await app.refused('proposal.apply', { commands: over, reason: 'tant pis' }, plan.manager)).toBe('auth.forbidden')
  })

  it('finds exactly what the conflicts are before and after really doing it, for random plans and changes', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const draw = drawFrom(seed)
      const plan = await openPlanned({ seed: `random ${seed}` })
      try {
        const pick = <T>(of: readonly T[]): T => of[draw.below(of.length)] as T
        const ids: string[] = []
        for (let row = 0; row < 9; row++) {
          const on = draw.below(4)
          const from = (on === 3 ? 0 : on) * 24 + 6 + draw.below(10)
          ids.push(await plan.plan(pick(plan.people), [...plan.missions, plan.elsewhere][on] ?? '', [from, from + 2 + draw.below(10)]))
        }
        for (const id of ids) await plan.engage(id, pick(['planned', 'proposed', 'accepted', 'confirmed']))
        for (let round = 0; round < 6; round++) {
          const before = await conflicts(plan)
          const living = []
          for (const id of ids) {
            const row = await plan.assignment(id)
            if (row['state'] !== 'canceled') living.push(row)
          }
          const row = pick(living)
          const other = pick(living)
          const from = 24 * draw.below(3) + draw.below(20)
          const reasoned = { reason: 'essai' }
          const all = [
            { operation: 'assignment.change', input: { changes: [{ id: row['id'], version: row['version'], start_at: hour(from), end_at: hour(from + 1 + draw.below(14)) }], ...reasoned } },
            { operation: 'assignment.shift', input: { ids: [...new Set([row['id'], other['id']])], days: draw.below(3) - 1, minutes: 60 * draw.below(8) } },
            { operation: 'assignment.reassign', input: { ids: [row['id']], collaborator_id: pick(plan.people), ...reasoned } },
            { operation: 'mission.shift', input: { ids: [pick(plan.missions)], days: draw.below(3) - 1 } },
            { operation: 'need.create', input: { mission_id: pick(plan.missions), crew_role_id: plan.roles[0], head_count: 2 } },
          ]
          const commands = [pick(all), ...(draw.below(3) === 0 ? [all[4]] : [])]
          const seen = await preview(plan, commands)
          expect(seen.refusal).toBeNull()
          const applied = await plan.app.core.execute({ name: 'proposal.apply', input: { commands, reason: 'essai' }, id: `apply ${round}` }, plan.app.owner)
          if (isError(applied)) throw new Error(JSON.stringify(applied.error))
          const after = await conflicts(plan)
          const graver = (some: Listed[], than: Listed[]): string[] =>
            some.filter((one) => {
              const known = than.find(({ id }) => id === one.id)
              const rank = ['info', 'warning', 'severe']
              return !known || rank.indexOf(one.severity) > rank.indexOf(known.severity)
            }).map(({ kind, severity }) => `${kind} ${severity}`).sort()
          const words = (some: Listed[]): string[] => some.map(({ kind, severity }) => `${kind} ${severity}`).sort()
          // A replacement is another row each time it is made: its conflicts are compared by what they are.
          expect([words(seen.broken), words(seen.mended)]).toEqual([graver(after, before), graver(before, after)])
          const { answers } = applied.value as { answers: { ids?: string[] }[] }
          for (const id of answers.flatMap((one) => one.ids ?? [])) if (!ids.includes(id) && (await plan.assignment(id))['id'] === id) ids.push(id)
        }
      } finally {
        await plan.app.close()
      }
    }
  }, 120_000)
})

describe('applying a proposal', () => {
  it('is one gesture: what is severe is overridden with the reason, and one undo takes all of it back', async () => {
    const plan = await open('applies')
    const { app } = plan
    const { first, second } = await nearly(plan)
    const commands = [move(first, 1, { start_at: hour(15), end_at: hour(19) }), move(second, 1, { crew_role_id: plan.roles[0] })]
    expect(await app.refused('proposal.apply', { commands })).toBe('reason.required')
    expect(await app.refused('proposal.apply', { commands, reason: 'tant pis' }, plan.planner)).toBe('auth.forbidden')
    expect((await plan.assignment(first))['start_at']).toBe(hour(8))
    expect((await logged(plan)).filter((name) => name.startsWith('proposal') || name === 'assignment.change')).toEqual([])

    const done = await app.ask('proposal.apply', { commands, reason: 'le camion est en retard' }, plan.manager, 'drop')
    expect(done).toMatchObject({ overridden: 1, answers: [{ ids: [first] }, { ids: [second] }] })
    expect(await conflicts(plan)).toMatchObject([{ kind: 'person_overlap', severity: 'severe', acknowledged: true }])
    const group = await app.file.readEngine.all('SELECT name FROM command_log WHERE group_id = ? ORDER BY seq', [String(done['group_id'])])
    expect(group.map(({ name }) => name)).toEqual(['assignment.change', 'assignment.change', 'conflict.override'])
    const [said] = await app.file.readEngine.all("SELECT reason FROM audit_event WHERE action = 'conflict.override'", [])
    expect(said?.['reason']).toBe('le camion est en retard')

    const count = (await logged(plan)).length
    expect(await app.ask('proposal.apply', { commands, reason: 'le camion est en retard' }, plan.manager, 'drop')).toEqual(done)
    expect((await logged(plan)).length).toBe(count)
    expect(await app.refused('proposal.apply', { commands, reason: 'autre' }, plan.manager, 'drop')).toBe('idempotency.payload_mismatch')

    expect(await app.ask('history.undo_group', { group_id: done['group_id'] }, plan.manager)).toMatchObject({ commands: 3, kept: [] })
    expect(await conflicts(plan)).toEqual([])
    expect(await plan.assignment(first)).toMatchObject({ start_at: hour(8), reconfirm_since: null })
    expect(await app.file.readEngine.all('SELECT id FROM conflict_decision WHERE deleted_at IS NULL', [])).toEqual([])
    // The same call asked again after that is answered as it was, and does nothing.
    expect(await app.ask('proposal.apply', { commands, reason: 'le camion est en retard' }, plan.manager, 'drop')).toEqual(done)
    expect(await plan.assignment(first)).toMatchObject({ start_at: hour(8) })
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
  })

  it('asks no reason for a severe conflict that was there before, or that was decided on for these very windows', async () => {
    const plan = await open('decided')
    const { first, second } = await nearly(plan)
    const over = [move(first, 1, { start_at: hour(15), end_at: hour(19) })]
    await plan.app.ask('proposal.apply', { commands: over, reason: 'vu' })
    expect(await preview(plan, [move(second, 1, { crew_role_id: plan.roles[0] })])).toMatchObject({ reason: 'none', broken: [] })
    await plan.app.ask('proposal.apply', { commands: [move(first, 2, { start_at: hour(8), end_at: hour(12) })] })
    expect(await preview(plan, [move(first, 3, { start_at: hour(15), end_at: hour(19) })])).toMatchObject({ reason: 'none', broken: [{ severity: 'severe', acknowledged: true }] })
  })

  it('writes nothing when one of its commands is refused', async () => {
    const plan = await open('refused')
    const { first } = await nearly(plan)
    const before = await plan.assignment(first)
    expect(await plan.app.refused('proposal.apply', { commands: [move(first, 1, { crew_role_id: plan.roles[0] }), { operation: 'mission.lock', input: { id: first } }] })).toBe('mission.not_found')
    expect(await plan.assignment(first)).toEqual(before)
    expect(await logged(plan)).not.toContain('proposal.apply')
  })
})

/** The same organization asked through a process that dies at its so-manieth writing, or never. */
function through({ app }: Planned, dies: number): TestOrganization['core'] {
  let begun = 0
  const engine: Engine = {
    ...app.file.engine,
    transaction: (work) => (begun++ < dies ? app.file.engine.transaction(work) : Promise.reject(new Error('cut'))),
  }
  let [clock, drawn] = [Date.parse('2026-10-21T08:00:00.000Z') + Math.min(dies, 100), 0]
  return createOrganizationCore({
    org: app.org, engine, readEngine: app.file.readEngine, handlers: organizationOperations,
    outside: { now: () => fromMs((clock += 1000)), random: (bytes) => Buffer.from(sha256(`cut ${++drawn}`), 'hex').subarray(0, bytes), app_version: 'test', report: () => undefined },
  })
}

describe('a proposal cut amid', () => {
  it('goes on where it was when it is asked again, wherever it was cut, and does nothing twice', async () => {
    let whole = 0
    for (let dies = 0; whole === 0; dies++) {
      const plan = await openPlanned({ seed: 'cut' })
      try {
        const { first, second } = await nearly(plan)
        const commands = [
          { operation: 'assignment.shift', input: { ids: [first], days: 0, minutes: 7 * 60 } }, move(second, 1, { crew_role_id: plan.roles[0] }),
          { operation: 'mission.shift', input: { ids: [plan.missions[1]], days: 1 } },
        ]
        const call = { name: 'proposal.apply', input: { commands, reason: 'marée' }, id: 'cut' }
        const cut = await through(plan, dies).execute(call, plan.app.owner)
        if (!isError(cut)) whole = dies
        const again = await through(plan, Number.POSITIVE_INFINITY).execute(call, plan.app.owner)
        if (isError(again)) throw new Error(`${dies}: ${JSON.stringify(again.error)}`)
        expect(again.value).toMatchObject({ overridden: 1, answers: [{ ids: [first] }, { ids: [second] }, { ids: [plan.missions[1]] }] })
        expect(await plan.assignment(first)).toMatchObject({ start_at: hour(15), end_at: hour(19) })
        expect((await logged(plan)).filter((name) => /^(proposal|assignment\.(shift|change)|mission\.shift|conflict|history)/.test(name)))
          .toEqual(['proposal.apply', 'assignment.shift', 'assignment.change', 'mission.shift', 'conflict.override'])
        expect((await conflicts(plan)).filter(({ severity }) => severity === 'severe')).toMatchObject([{ acknowledged: true }])
        expect(await plan.app.ask('audit.verify', {})).toMatchObject({ whole: true })
      } finally {
        await plan.app.close()
      }
    }
    // Rehearsal, its line in the log, three commands, one override.
    expect(whole).toBe(6)
  }, 60_000)

  it('that the person took back half done does not go on', async () => {
    const plan = await open('half')
    const { first, second } = await nearly(plan)
    const call = { name: 'proposal.apply', input: { commands: [{ operation: 'assignment.shift', input: { ids: [first], days: 3, minutes: 0 } }, move(second, 1, { crew_role_id: plan.roles[0] })] }, id: 'half' }
    expect(isError(await through(plan, 3).execute(call, plan.app.owner))).toBe(true)
    const line = (await plan.app.ask('history.list', {}))['undo']
    await plan.app.ask('history.undo', { command_id: line })
    expect(await plan.app.refused('proposal.apply', call.input, plan.app.owner, 'half')).toBe('undo.moved')
    expect(await plan.assignment(second)).toMatchObject({ crew_role_id: null, version: 1 })
  })
})

describe('what is no proposal', () => {
  it('refuses questions, gestures, what cannot be undone, what does not exist, and too many', async () => {
    const plan = await open('hostile')
    const { app } = plan
    const one = (operation: string, input: unknown = {}) => ({ commands: [{ operation, input }] })
    for (const operation of ['mission.list', 'proposal.apply', 'proposal.preview', 'import.apply', 'history.undo_group', 'sheet.publish', 'organization.create'])
      expect([operation, await app.refused('proposal.preview', one(operation))]).toEqual([operation, 'validation.invalid'])
    expect(await app.refused('proposal.preview', one('assignment.fly'))).toBe('validation.unknown_operation')
    const many = (count: number) => ({ commands: Array.from({ length: count }, (_, at) => ({ operation: 'mission.create', input: { project_id: plan.project, title: `J${at}`, start_at: hour(8), end_at: hour(9) } })) })
    expect((await app.ask('proposal.preview', many(20)))['changed']).toBe(20)
    expect(await app.refused('proposal.preview', many(21))).toBe('validation.invalid')
    expect(await app.refused('proposal.preview', { commands: [] })).toBe('validation.invalid')
    expect((await app.ask('mission.list', {}))['total']).toBe(4)
  })

  it('tells nothing of what one may not see, and leaves the trace that doing it would leave', async () => {
    const plan = await open('probing')
    const { app, planner, viewer } = plan
    const theirs = await plan.plan(plan.people[0], plan.elsewhere, [8, 12])
    const events = async (): Promise<string[]> => (await app.file.readEngine.all("SELECT action FROM audit_event WHERE action LIKE 'security.%' ORDER BY position", [])).map(({ action }) => String(action))
    const before = (await events()).length
    const hidden = await preview(plan, [move(theirs, 1, { start_at: hour(9) })], planner)
    const absent = await preview(plan, [move(plan.people[0], 1, { start_at: hour(9) })], planner)
    expect([hidden.refusal?.code, absent.refusal?.code]).toEqual(['assignment.not_found', 'assignment.not_found'])
    expect(hidden.changes).toEqual([])
    const mine = await plan.plan(plan.people[0], plan.missions[0], [8, 12])
    expect((await preview(plan, [move(mine, 1, { start_at: hour(9) })], viewer)).refusal?.code).toBe('auth.forbidden')
    expect((await events()).slice(before)).toEqual(['security.record.not_found', 'security.record.not_found', 'security.permission.denied'])
    // A lock found by dragging is no attempt at anything.
    await app.ask('mission.lock', { id: plan.missions[0] })
    const traced = (await events()).length
    expect((await preview(plan, [move(mine, 1, { start_at: hour(9) })], planner)).refusal?.code).toBe('mission.locked')
    expect((await events()).length).toBe(traced)
  })

  it('finds no record of another organization, whichever field names it', async () => {
    const plan = await open('ours')
    const foreign = await openPlanned({ seed: 'theirs' })
    try {
      const mine = await plan.plan(plan.people[0], plan.missions[0], [8, 12])
      const theirs = await foreign.plan(foreign.people[0], foreign.missions[0], [8, 12])
      const codes = []
      for (const command of [
        move(theirs, 1, { start_at: hour(9) }), move(mine, 1, { collaborator_id: foreign.people[0] }), move(mine, 1, { crew_role_id: foreign.roles[0] === plan.roles[0] ? foreign.people[1] : foreign.roles[0] }),
        { operation: 'assignment.change_rate', input: { ids: [mine], rate_card_id: foreign.card } }, { operation: 'mission.duplicate_many', input: { ids: [foreign.missions[0]], days: 1, with_assignments: true } },
        { operation: 'assignment.create', input: { mission_id: plan.missions[0], people: [{ collaborator_id: foreign.people[0] }] } },
      ]) {
        const seen = await preview(plan, [command])
        expect([seen.changes, seen.broken, seen.names]).toEqual([[], [], { people: {}, missions: {}, locations: {} }])
        codes.push(seen.refusal?.code)
      }
      expect(codes).toEqual(['assignment.not_found', 'collaborator.not_found', 'validation.reference', 'rate_card.not_found', 'mission.not_found', 'validation.reference'])
      const traces = await plan.app.file.readEngine.all("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'security.record.not_found'", [])
      expect(traces).toEqual([{ n: 6 }])
      expect(await foreign.app.file.readEngine.all("SELECT action FROM audit_event WHERE action LIKE 'security%'", [])).toEqual([])
    } finally {
      await foreign.app.close()
    }
  })

  it('is judged by the rights of when its turn comes', async () => {
    const plan = await open('rights')
    const { app, planner } = plan
    const mine = await plan.plan(plan.people[0], plan.missions[0], [8, 12])
    expect((await preview(plan, [move(mine, 1, { start_at: hour(9) })], planner)).refusal).toBeNull()
    const members = (await app.ask('member.list', { limit: 200 }))['items'] as { id: string; name: string }[]
    const member_id = members.find(({ name }) => name === 'Membre planner')?.id
    const bound = (await app.ask('role.list', { filter: { member_id } }))['items'] as { id: string }[]
    const lowered = app.ask('role.revoke', { id: bound[0]?.id })
    const seen = await preview(plan, [move(mine, 1, { start_at: hour(9) })], planner)
    await lowered
    expect(seen.refusal?.code).toBe('auth.forbidden')
  })

  it('waits its turn while a long gesture writes, and reads what that one wrote', async () => {
    const plan = await open('turns')
    const { app } = plan
    const people = Array.from({ length: 400 }, (_, at) => ({ collaborator_id: plan.people[3], start_at: hour(8 + at / 60), end_at: hour(8 + (at + 1) / 60) }))
    const long = app.ask('assignment.create', { mission_id: plan.missions[0], people })
    const waiting = Array.from({ length: 5 }, () => preview(plan, [{ operation: 'mission.shift', input: { ids: [plan.missions[0]], days: 1 } }]))
    const change = app.ask('mission.create', { project_id: plan.project, title: 'Après', start_at: hour(8), end_at: hour(9) })
    await long
    for (const seen of await Promise.all(waiting)) expect(seen.changed).toBe(401)
    await change
    expect((await app.ask('assignment.list', { project_id: plan.project }))['total']).toBe(400)
  })
})

describe('the group of a gesture', () => {
  it('takes no command of somebody else, who could keep it from being taken back as one', async () => {
    const plan = await open('group')
    const { app, manager, planner, people, missions } = plan
    const [mine, other] = [await plan.plan(people[0], missions[0], [8, 12]), await plan.plan(people[1], missions[0], [8, 12])]
    const gesture = await app.ask('proposal.apply', { commands: [move(mine, 1, { start_at: hour(9) })] }, manager)
    const forged = await app.core.execute({ name: 'assignment.change', input: move(other, 1, { start_at: hour(9) }).input, group_id: gesture['group_id'] as never }, planner)
    expect(isError(forged) && forged.error.code).toBe('validation.invalid')
    const inside = await app.core.execute({ name: 'proposal.apply', input: { commands: [move(other, 1, { start_at: hour(9) })] }, group_id: gesture['group_id'] as never }, planner)
    expect(isError(inside) && inside.error.code).toBe('validation.invalid')
    expect((await plan.assignment(other))['start_at']).toBe(hour(8))
    expect(await app.ask('history.undo_group', { group_id: gesture['group_id'] }, manager)).toMatchObject({ commands: 1, rows: 1 })
  })
})
