/** A command that was not applied is kept whole; its person decides, and what they decide is done, audited and undone as one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countDecisions } from '../../shared/core/kept-list.ts'
import type { ReceivedCommand } from '../../shared/core/settle.ts'
import type { Session } from '../../shared/core/session.ts'
import type { KeptCommand, KeptSummary } from '../../shared/domain/sync/states.ts'
import { canonicalJson } from '../../shared/kernel/hashing.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { keptCommands } from '../../shared/store/command-log.ts'
import { laptopAndServer, type LaptopAndServer } from '../fixtures/laptop-and-server.ts'

let both: LaptopAndServer
beforeEach(async () => {
  both = await laptopAndServer()
})
afterEach(() => both.close())

const ask = (name: string, input: unknown, session?: Session) => both.server.ask(name, input, session)
const refused = (name: string, input: unknown, session?: Session) => both.server.refused(name, input, session)
const settle = (sent: ReceivedCommand) => both.server.core.settle(sent, both.server.owner)
const open = async (session?: Session): Promise<KeptSummary[]> => (await ask('sync.kept_list', {}, session))['items'] as KeptSummary[]
const kept = async (id: string, session?: Session): Promise<KeptCommand> => (await ask('sync.kept', { id }, session)) as unknown as KeptCommand
/** As the person is told how much waits for them. */
const counted = async () => countDecisions(await keptCommands(both.server.file.readEngine, both.server.org, both.server.owner.user_id, 'open', 50))
const missionNow = () => ask('mission.get', { id: both.mission })
const change = (changes: Record<string, unknown>, version = 1) => ({ id: both.mission, version, changes })

/** Two people wrote the title; one of them the objective too. */
async function titleInDispute(more: Record<string, unknown> = {}): Promise<ReceivedCommand> {
  const sent = await both.issue('mission.update', change({ title: 'Montage scène', ...more }))
  await ask('mission.update', change({ title: 'Montage gradins' }))
  await settle(sent)
  return sent
}

describe('a command in conflict', () => {
  it('waits for its person with what stood before, what they entered and what stands now', async () => {
    const sent = await titleInDispute({ objective: 'Prêt à 18 h' })
    expect(await open()).toMatchObject([{ id: sent.id, name: 'mission.update', outcome: 'conflict', why: 'value', mine: true, fields: 1, decided: null, about: { entity: 'mission', id: both.mission, title: 'Montage gradins' } }])
    const { fields_of, choices } = await kept(sent.id)
    expect(fields_of).toMatchObject([
      { field: 'title', base: 'Montage', mine: 'Montage scène', theirs: 'Montage gradins', readable: true, disputed: true, preselected: null, text: true, combined: 'Montage [scène / gradins]' },
      { field: 'objective', base: null, mine: 'Prêt à 18 h', theirs: null, disputed: false, preselected: 'mine' },
    ])
    expect(choices.toSorted()).toEqual(['fields', 'mine', 'theirs'])
  })
  it('shows what stands now, not what stood when it was decided (rule 22)', async () => {
    const sent = await titleInDispute()
    await ask('mission.update', change({ title: 'Montage du soir' }, 2))
    expect((await kept(sent.id)).fields_of).toMatchObject([{ field: 'title', theirs: 'Montage du soir' }])
  })
  it('tells beside it what others changed without contradicting it', async () => {
    const sent = await both.issue('mission.update', change({ title: 'Montage scène' }))
    await ask('mission.update', change({ title: 'Montage gradins', objective: 'Prêt à 18 h' }))
    await settle(sent)
    expect((await kept(sent.id)).fields_of.filter(({ own }) => !own)).toMatchObject([{ field: 'objective', base: null, theirs: 'Prêt à 18 h', preselected: 'theirs' }])
  })
  it('is a window as one choice, start, end and zone (rule 5)', async () => {
    const sent = await both.issue('mission.update', change({ start_at: '2026-10-24T07:00:00.000Z' }))
    await ask('mission.update', change({ end_at: '2026-10-24T20:00:00.000Z' }))
    await settle(sent)
    const { fields_of } = await kept(sent.id)
    expect(new Set(fields_of.map(({ unit }) => unit)).size).toBe(1)
    expect(fields_of.map(({ field }) => field).sort()).toEqual(['end_at', 'start_at', 'zone'])
    expect((await open())[0]?.fields).toBe(1)
  })
})

describe('deciding', () => {
  it('keeps mine by doing it again on what stands now, and the decision closes it', async () => {
    const sent = await titleInDispute({ objective: 'Prêt à 18 h' })
    const answer = await ask('sync.resolve', { id: sent.id, choice: 'mine' })
    expect(await missionNow()).toMatchObject({ title: 'Montage scène', objective: 'Prêt à 18 h' })
    expect(answer['reissued']).toHaveLength(1)
    expect(await open()).toEqual([])
    expect((await ask('sync.kept_list', { decided: true }))['items']).toMatchObject([{ id: sent.id, decided: { decision: 'mine' } }])
    expect(await refused('sync.resolve', { id: sent.id, choice: 'theirs' })).toBe('sync.decided')
  })
  it('lets mine go and writes nothing but the decision', async () => {
    const sent = await titleInDispute()
    const before = (await missionNow())['version']
    await ask('sync.resolve', { id: sent.id, choice: 'theirs', note: 'Vu avec Inès' })
    expect(await missionNow()).toMatchObject({ title: 'Montage gradins', version: before })
    expect(await open()).toEqual([])
    const events = (await ask('audit.list', { filter: { action: 'sync.decide' } }))['items'] as { reason: string }[]
    expect(events.map(({ reason }) => reason)).toEqual(['Vu avec Inès'])
  })
  it('is undone as one gesture: what was done goes back and the command is open again, and can be decided anew', async () => {
    const sent = await titleInDispute()
    const { group_id } = await ask('sync.resolve', { id: sent.id, choice: 'mine' })
    await ask('history.undo_group', { group_id })
    expect(await missionNow()).toMatchObject({ title: 'Montage gradins' })
    expect((await open()).map(({ id }) => id)).toEqual([sent.id])
    await ask('sync.resolve', { id: sent.id, choice: 'mine' })
    expect(await missionNow()).toMatchObject({ title: 'Montage scène' })
    expect(await ask('audit.verify', {})).toMatchObject({ whole: true })
  })
  it('takes each field from the side chosen, a typed value as typed, and writes nothing that stands', async () => {
    const sent = await both.issue('mission.update', change({ title: 'Montage scène', objective: 'Prêt à 18 h', start_at: '2026-10-24T07:00:00.000Z' }))
    await ask('mission.update', change({ title: 'Montage gradins', objective: 'Prêt à 17 h', start_at: '2026-10-24T09:00:00.000Z' }))
    await settle(sent)
    const side = (field: string, of: string, value?: unknown) => ({ entity: 'mission', id: both.mission, field, side: of, ...(value === undefined ? {} : { value }) })
    await ask('sync.resolve', { id: sent.id, choice: 'fields', fields: [side('title', 'both', 'Montage scène et gradins'), side('objective', 'theirs'), side('start_at', 'typed', '2026-10-24T06:30:00.000Z'), side('end_at', 'mine'), side('zone', 'mine')] })
    expect(await missionNow()).toMatchObject({ title: 'Montage scène et gradins', objective: 'Prêt à 17 h', start_at: '2026-10-24T06:30:00.000Z', end_at: '2026-10-24T18:00:00.000Z' })
    const [event] = (await ask('audit.list', { filter: { action: 'mission.update' } }))['items'] as { changes: Record<string, unknown> }[]
    expect(Object.keys(event?.changes ?? {}).sort()).toEqual(['start_at', 'title'])
  })
  it('takes all of theirs field by field without a write', async () => {
    const sent = await titleInDispute()
    expect((await ask('sync.resolve', { id: sent.id, choice: 'fields', fields: [{ entity: 'mission', id: both.mission, field: 'title', side: 'theirs' }] }))['reissued']).toEqual([])
    expect(await missionNow()).toMatchObject({ title: 'Montage gradins', version: 2 })
    expect(await open()).toEqual([])
  })
  it('asks for each field in dispute, and decides nothing without', async () => {
    const sent = await titleInDispute()
    expect(await refused('sync.resolve', { id: sent.id, choice: 'fields', fields: [] })).toBe('validation.invalid')
    expect((await open()).map(({ id }) => id)).toEqual([sent.id])
  })
  it('decides nothing where a rule refuses: what was typed is still there', async () => {
    const sent = await titleInDispute()
    await ask('mission.lock', { id: both.mission })
    expect(await refused('sync.resolve', { id: sent.id, choice: 'mine' })).toBe('mission.locked')
    expect((await kept(sent.id)).fields_of[0]).toMatchObject({ field: 'title', mine: 'Montage scène' })
  })
  it('decides nothing about values its person has not seen', async () => {
    const sent = await titleInDispute()
    const { stamp } = await kept(sent.id)
    await ask('mission.update', change({ title: 'Montage du soir' }, 2))
    expect(await refused('sync.resolve', { id: sent.id, choice: 'mine', stamp })).toBe('concurrency.version_mismatch')
    expect(await missionNow()).toMatchObject({ title: 'Montage du soir' })
  })
  it('does the same call once, however often it is asked', async () => {
    const sent = await titleInDispute()
    const [one, other] = [await both.server.ask('sync.resolve', { id: sent.id, choice: 'mine' }, undefined, 'twice'), await both.server.ask('sync.resolve', { id: sent.id, choice: 'mine' }, undefined, 'twice')]
    expect(other).toEqual(one)
    expect(await missionNow()).toMatchObject({ version: 3 })
  })
  it('says before, which conflicts and sheets a choice touches, and writes nothing', async () => {
    const sent = await titleInDispute()
    expect(await ask('sync.kept_preview', { id: sent.id, choice: 'mine' })).toMatchObject({ changed: 1, changes: [{ fields: { title: { from: 'Montage gradins', to: 'Montage scène' } } }], refusal: null, commands: 1 })
    expect(await missionNow()).toMatchObject({ title: 'Montage gradins' })
  })
})

describe('somebody’s answer', () => {
  it('stands before what a planner had thought, and nobody else’s value is chosen beforehand', async () => {
    const made = await both.issue('assignment.create', { mission_id: both.mission, people: [{ collaborator_id: both.person }] })
    await settle(made)
    const id = String(made.record.rows[0]?.id)
    const sent = await both.issue('assignment.cancel', { ids: [id], reason: 'remplacé' })
    await both.server.file.engine.run("UPDATE assignment SET state = 'accepted', version = 2 WHERE id = ?", [id])
    expect(await settle(sent)).toMatchObject({ outcome: 'conflict' })
    const { fields_of, choices } = await kept(sent.id)
    expect(fields_of.find(({ field }) => field === 'state')).toMatchObject({ base: 'planned', mine: 'canceled', theirs: 'accepted', preselected: 'theirs', title: 'Tom Lacaze — Montage' })
    expect([...choices].sort()).toEqual(['mine', 'theirs'])
    // Releasing somebody who has answered is a step of its own: the rule holds here as everywhere.
    expect(await refused('sync.resolve', { id: sent.id, choice: 'mine' })).not.toBe('')
    await ask('sync.resolve', { id: sent.id, choice: 'theirs' })
    expect(await ask('assignment.get', { id })).toMatchObject({ state: 'accepted' })
  })
})

describe('delete against edit', () => {
  it('brings the removed record back with what was entered, or leaves it removed', async () => {
    const sent = await both.issue('mission.update', change({ title: 'Montage scène' }))
    await ask('mission.remove', { id: both.mission })
    await settle(sent)
    const found = await kept(sent.id)
    expect(found).toMatchObject({ why: 'deleted', removals: [{ entity: 'mission', removed_by: 'theirs' }] })
    expect([...found.choices].sort()).toEqual(['copy', 'restore', 'theirs'])
    await ask('sync.resolve', { id: sent.id, choice: 'restore' })
    expect(await missionNow()).toMatchObject({ title: 'Montage scène', start_at: '2026-10-24T08:00:00.000Z' })
  })
  it('makes a copy beside what stays removed', async () => {
    const sent = await both.issue('mission.update', change({ title: 'Montage scène' }))
    await ask('mission.remove', { id: both.mission })
    await settle(sent)
    await ask('sync.resolve', { id: sent.id, choice: 'copy' })
    const missions = (await ask('mission.list', {}))['items'] as { id: string; title: string; start_at: string }[]
    expect(missions).toMatchObject([{ title: 'Montage scène', start_at: '2026-10-24T08:00:00.000Z' }])
    expect(missions[0]?.id).not.toBe(both.mission)
  })
  it('keeps what was changed under a removal until its person removes it knowingly', async () => {
    const sent = await both.issue('mission.remove', { id: both.mission })
    await ask('mission.update', change({ objective: 'Prêt à 18 h' }))
    await settle(sent)
    expect(await kept(sent.id)).toMatchObject({ removals: [{ removed_by: 'mine' }], fields_of: [{ field: 'objective', base: null, theirs: 'Prêt à 18 h' }] })
    await ask('sync.resolve', { id: sent.id, choice: 'mine' })
    expect((await ask('mission.list', {}))['items']).toEqual([])
  })
})

describe('what was refused', () => {
  it('is done again as it was once the rule allows it, with the ids it had', async () => {
    const sent = await both.issue('mission.create', { project_id: both.project, title: 'Démontage', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' })
    await ask('project.archive', { id: both.project })
    await settle(sent)
    expect(await open()).toMatchObject([{ outcome: 'rejected', why: 'project.archived', about: { title: 'Démontage' } }])
    expect(await refused('sync.resolve', { id: sent.id, choice: 'mine' })).toBe('project.archived')
    await ask('project.unarchive', { id: both.project })
    await ask('sync.resolve', { id: sent.id, choice: 'mine' })
    expect(((await ask('mission.list', {}))['items'] as { id: string }[]).map(({ id }) => id)).toContain(String(sent.record.rows[0]?.id))
  })
  it('is done again with another input, or dropped', async () => {
    const sent = await both.issue('project.create', { code: 'Q', name: 'Autre', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' })
    await ask('project.create', { ...(sent.input as object), name: 'Premier' })
    await settle(sent)
    const found = await kept(sent.id)
    expect(found).toMatchObject({ outcome: 'rejected', why: 'project.taken' })
    expect(await counted()).toEqual({ conflicts: 0, rejected: 1, rejected_rights: 0 })
    await ask('sync.resolve', { id: sent.id, choice: 'mine', input: { ...(found.input as object), code: 'R' } })
    expect(((await ask('project.list', {}))['items'] as { code: string }[]).map(({ code }) => code).sort()).toEqual(['P', 'Q', 'R'])
  })
})

describe('commands that were built on it', () => {
  it('follow it in their order when mine is kept', async () => {
    const first = await titleInDispute()
    const second = await both.issue('mission.update', change({ objective: 'Prêt à 18 h' }, 2), [first.id])
    const third = await both.issue('mission.update', change({ description: 'Accès par le quai' }, 3), [second.id])
    for (const one of [second, third]) expect(await settle(one)).toMatchObject({ outcome: 'blocked' })
    expect((await kept(first.id)).followers.map(({ id }) => id)).toEqual([second.id, third.id])
    expect(await counted()).toEqual({ conflicts: 1, rejected: 0, rejected_rights: 0 })
    expect(await ask('sync.resolve', { id: first.id, choice: 'mine' })).toMatchObject({ still_open: [] })
    expect(await missionNow()).toMatchObject({ title: 'Montage scène', objective: 'Prêt à 18 h', description: 'Accès par le quai' })
    expect(await open()).toEqual([])
  })
  it('wait for a decision of their own where the value they were built on was not kept', async () => {
    const first = await titleInDispute()
    const second = await both.issue('mission.update', change({ title: 'Montage scène et gril' }, 2), [first.id])
    await settle(second)
    await ask('sync.resolve', { id: first.id, choice: 'fields', fields: [{ entity: 'mission', id: both.mission, field: 'title', side: 'theirs' }] })
    expect(await missionNow()).toMatchObject({ title: 'Montage gradins' })
    expect((await open()).map(({ id }) => id)).toEqual([second.id])
    expect(await counted()).toEqual({ conflicts: 1, rejected: 0, rejected_rights: 0 })
    await ask('sync.resolve', { id: second.id, choice: 'left' })
    expect(await open()).toEqual([])
  })
})

describe('a command on many rows', () => {
  it('told relative to what stood is done again with the values shown, row by row as chosen', async () => {
    const made = await both.issue('assignment.create', { mission_id: both.mission, people: [{ collaborator_id: both.person }, { collaborator_id: both.person, start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' }] })
    await settle(made)
    const [one = '', two = ''] = made.record.rows.map(({ id }) => id as string)
    const sent = await both.issue('assignment.shift', { ids: [one, two], days: 0, minutes: 30 })
    await ask('assignment.shift', { ids: [one], days: 0, minutes: 120 })
    expect(await settle(sent)).toMatchObject({ outcome: 'conflict' })
    const { fields_of, choices } = await kept(sent.id)
    expect(choices).toContain('fields')
    expect(fields_of.filter(({ id }) => id === one)).toMatchObject([{ field: 'start_at', mine: '2026-10-24T08:30:00.000Z', theirs: '2026-10-24T10:00:00.000Z', disputed: true }, { field: 'end_at' }])
    expect(fields_of.filter(({ id }) => id === two)).toMatchObject([{ disputed: false, preselected: 'mine' }, { disputed: false }])
    await ask('sync.resolve', { id: sent.id, choice: 'fields', fields: ['start_at', 'end_at'].map((field) => ({ entity: 'assignment', id: one, field, side: 'mine' })) })
    expect(await ask('assignment.get', { id: one })).toMatchObject({ start_at: '2026-10-24T08:30:00.000Z', end_at: '2026-10-24T18:30:00.000Z' })
    expect(await ask('assignment.get', { id: two })).toMatchObject({ start_at: '2026-10-25T08:30:00.000Z' })
  })
})

describe('the queue of a computer', () => {
  it('is what is not settled, in its order, by whom and about what, as far as one may see it', async () => {
    const [mine, theirs] = [await both.issue('mission.update', change({ title: 'Montage scène' })), await both.issue('mission.update', change({ objective: 'Prêt' }, 2))]
    const karim = deriveId('karim', 'user')
    const put = (sent: ReceivedCommand, issuer: string, position: number, outcome: string, after: string[]) => both.server.file.engine.run(
      'INSERT INTO replica_pending (org_id, id, position, issuer, command, outcome, reason, converged, reads) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [both.server.org, sent.id, position, issuer, canonicalJson({ ...sent, after }), outcome, outcome === 'applied' ? null : '{"why":"value"}', '[]', '{}'])
    await put(theirs, karim, 1, 'applied', [])
    await put(mine, both.server.owner.user_id, 2, 'conflict', [theirs.id])
    const queue = async (input: object) => (await ask('sync.queue', input))['items']
    expect(await queue({})).toMatchObject([{ id: theirs.id, state: 'ready', mine: false, about: { entity: 'mission', title: 'Montage' } }, { id: mine.id, state: 'failing', why: 'value', mine: true, issuer_name: 'Léa Martin' }])
    expect(await queue({ signed_out: [karim] })).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }])
    expect(await both.laptop.ask('sync.queue', {})).toEqual({ items: [], total: 0 })
  })
})

describe('a sheet', () => {
  it('with a record to decide about is not published, and says where to decide', async () => {
    const sheet = await ask('sheet.prepare', { mission_id: both.mission })
    const codes = async () => ((await ask('sheet.check', { revision_id: sheet['revision_id'] }))['checks'] as { code: string; params: object; record: object }[]).filter(({ code }) => code === 'sync_conflict')
    expect(await codes()).toEqual([])
    const sent = await titleInDispute()
    expect(await codes()).toMatchObject([{ params: { command: sent.id }, record: { entity: 'mission', id: both.mission } }])
    const refusal = await both.server.core.execute({ name: 'sheet.publish', input: { revision_id: sheet['revision_id'] } }, both.server.owner)
    expect(refusal).toMatchObject({ error: { code: 'sheet.checks_failed', details: [{ issue: 'sync_conflict', found: both.mission }] } })
    await ask('sync.resolve', { id: sent.id, choice: 'theirs' })
    expect(await codes()).toEqual([])
  })
})

describe('what was merged', () => {
  it('is listed, so that one sees that nothing was lost', async () => {
    const sent = await both.issue('mission.update', change({ title: 'Montage scène' }))
    const user_id = deriveId('ines', 'user')
    await ask('member.add', { user_id, name: 'Inès', email: 'ines@example.org', role: 'org_admin', project_id: null })
    await ask('mission.update', change({ objective: 'Prêt à 18 h' }), { user_id, device: 'ines', scope: null })
    expect(await settle(sent)).toMatchObject({ outcome: 'applied', note: 'merged' })
    expect((await ask('sync.kept_list', {}))['merged']).toMatchObject([{ id: sent.id, about: { title: 'Montage scène' }, fields: [{ entity: 'mission', field: 'title' }] }])
  })
})

describe('somebody else’s kept command', () => {
  const somebody = async (name: string, role: string): Promise<Session> => {
    const user_id = deriveId(name, 'user')
    await ask('member.add', { user_id, name, email: `${name}@example.org`, role, project_id: null })
    return { user_id, device: `${name}'s laptop`, scope: null }
  }
  /** Karim’s, as it would come from his own laptop. */
  async function ofKarim(): Promise<{ karim: Session; sent: ReceivedCommand }> {
    const karim = await somebody('karim', 'org_admin')
    const sent = await both.issue('mission.update', change({ title: 'Montage scène' }))
    await ask('mission.update', change({ title: 'Montage gradins' }))
    expect(await both.server.core.settle(sent, karim)).toMatchObject({ outcome: 'conflict' })
    return { karim, sent }
  }
  it('is theirs alone to see and to decide, but for who manages members', async () => {
    const { karim, sent } = await ofKarim()
    const viewer = await somebody('noe', 'viewer')
    expect((await open(karim)).map(({ id }) => id)).toEqual([sent.id])
    expect(await open()).toEqual([])
    expect((await ask('sync.kept_list', { everyone: true }))['items']).toMatchObject([{ id: sent.id, mine: false, issuer_name: 'karim' }])
    expect((await ask('sync.kept_list', { everyone: true }, viewer))['items']).toEqual([])
    expect(await refused('sync.kept', { id: sent.id }, viewer)).toBe('command.not_found')
    expect(await refused('sync.resolve', { id: sent.id, choice: 'theirs' }, viewer)).toBe('command.not_found')
  })
  it('is taken over in one’s own name, and the log names both (22b)', async () => {
    const { karim, sent } = await ofKarim()
    await ask('sync.resolve', { id: sent.id, choice: 'mine' })
    expect(await missionNow()).toMatchObject({ title: 'Montage scène', updated_by: both.server.owner.user_id })
    expect((await ask('sync.kept_list', { decided: true }, karim))['items']).toMatchObject([{ id: sent.id, decided: { decision: 'taken_over', by: 'Léa Martin' } }])
    const [event] = (await ask('audit.list', { filter: { action: 'sync.decide' } }))['items'] as { actor: string; changes: Record<string, unknown> }[]
    expect([event?.actor, event?.changes['kept_user_id']]).toEqual([both.server.owner.user_id, [null, karim.user_id]])
  })
  it('shows what stands now only as far as its reader sees it, and keeps what its author entered', async () => {
    const karim = await somebody('karim', 'org_admin')
    const sent = await both.issue('mission.update', change({ title: 'Montage scène' }))
    await ask('mission.update', change({ title: 'Montage gradins' }))
    await both.server.core.settle(sent, karim)
    const member = ((await ask('member.list', {}))['items'] as { id: string; user_id: string }[]).find((one) => one.user_id === karim.user_id)
    const bindings = (await ask('role.list', { filter: { member_id: member?.id } }))['items'] as { id: string }[]
    for (const { id } of bindings) await ask('role.revoke', { id })
    await ask('role.grant', { member_id: member?.id, role: 'member', project_id: null })
    const seen = await kept(sent.id, karim)
    expect(seen.fields_of).toMatchObject([{ field: 'title', base: null, mine: 'Montage scène', theirs: null, readable: false }])
    expect(JSON.stringify(seen)).not.toContain('gradins')
    expect(seen.choices).toEqual(['theirs'])
  })
})
