/** Run of show, cast and scripts through the core. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let app: TestOrganization
let project: string
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'run of show' })
  project = String((await app.ask('project.create', {
    code: 'DIGUE', name: 'La digue', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr', sheet_layout: 'film',
  }))['id'])
})
afterAll(() => app.close())

interface Line { id: string; version: number; label: string; number: string | null; position: string; kind: string; clock: { time: string }; scene: { cast: string[]; eighths: number | null; set: string } | null }
interface RunOfShow { lines: Line[]; cast: { id: string; number: string; name: string; player: string | null; scenes: number }[]; running_seconds: number; eighths: number; departments: { code: string; used: boolean }[] }
interface Preview { digest: string; counts: { create: number; update: number; skip: number }; scenes: { key: string; number: string; decision: string; changes: { field: string; before: string | null; after: string | null }[] }[]; characters: { key: string; name: string; decision: string }[] }
const missionAt = async (title: string, date = '2026-10-24'): Promise<string> =>
  String((await app.ask('mission.create', { project_id: project, title, start_at: `${date}T16:00:00.000Z`, end_at: `${date}T22:00:00.000Z` }))['id'])
const runOf = async (mission_id: string): Promise<RunOfShow> => (await app.ask('run_of_show.get', { mission_id })) as unknown as RunOfShow
const labels = async (mission_id: string): Promise<string[]> => (await runOf(mission_id)).lines.map(({ label }) => label)
const lastCommand = async (): Promise<unknown> => ((await app.ask('history.list', {}))['items'] as { command_id: string }[])[0]?.command_id

describe('the run of show of a mission', () => {
  it('keeps its lines in the order people put them in, each with its hour on the clock', async () => {
    const mission_id = await missionAt('Soirée')
    await app.ask('cue.create', { mission_id, label: 'Entrée public', duration_seconds: 1800 })
    const { ids } = (await app.ask('cue.create_many', { mission_id, cues: [{ label: 'Noir salle', number: '1', duration_seconds: 30, departments: { LUM: 'noir 5 s' } }, { label: 'Salut' }] })) as { ids: string[] }
    await app.ask('cue.create', { mission_id, label: 'Annonce', kind: 'banner', after_id: null })
    expect(await labels(mission_id)).toEqual(['Annonce', 'Entrée public', 'Noir salle', 'Salut'])
    await app.ask('cue.move', { id: ids[1], after_id: null })
    await app.ask('cue.move', { id: ids[0], before_id: ids[1] })
    expect(await labels(mission_id)).toEqual(['Noir salle', 'Salut', 'Annonce', 'Entrée public'])
    const run = await runOf(mission_id)
    expect(run.lines.map(({ clock }) => clock.time)).toEqual(['18:00:00', '18:00:30', '18:00:30', '18:00:30'])
    expect(run.running_seconds).toBe(1830)
    expect(run.departments.filter(({ used }) => used).map(({ code }) => code)).toEqual(['LUM'])
    await app.ask('cue.remove', { ids: [ids[0]] })
    expect(await labels(mission_id)).toEqual(['Salut', 'Annonce', 'Entrée public'])
    await app.ask('cue.restore', { ids: [ids[0]] })
    expect(await labels(mission_id)).toEqual(['Noir salle', 'Salut', 'Annonce', 'Entrée public'])
  })

  it('refuses a place in another run of show, a locked mission, two places at once', async () => {
    const [here, there] = [await missionAt('Ici'), await missionAt('Là')]
    const one = String((await app.ask('cue.create', { mission_id: here, label: 'Ici' }))['id'])
    const other = String((await app.ask('cue.create', { mission_id: there, label: 'Là' }))['id'])
    expect(await app.refused('cue.move', { id: one, after_id: other })).toBe('validation.reference')
    expect(await app.refused('cue.move', { id: one, after_id: null, before_id: one })).toBe('validation.invalid')
    expect(await app.refused('cue.update', { id: one, version: 1, changes: { position: 'a' } })).toBe('validation.invalid')
    await app.ask('mission.lock', { id: here })
    expect(await app.refused('cue.create', { mission_id: here, label: 'Trop tard' })).toBe('mission.locked')
    expect(await app.refused('cue.remove', { ids: [one] })).toBe('mission.locked')
  })

  it('keeps a total order whatever is added, moved and removed', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('add', 'many', 'move', 'before', 'remove'), fc.nat(60), fc.nat(60)), { minLength: 8, maxLength: 25 }), async (steps) => {
      const mission_id = await missionAt('Ordre')
      const expected: string[] = []
      let made = 0
      for (const [what, a, b] of steps) {
        const target = expected[a % Math.max(1, expected.length)]
        const moving = expected[b % Math.max(1, expected.length)]
        const place = target === undefined ? null : target
        if (what === 'add') {
          const id = String((await app.ask('cue.create', { mission_id, label: `l${made++}`, after_id: place }))['id'])
          expected.splice(place === null ? 0 : expected.indexOf(place) + 1, 0, id)
        } else if (what === 'many') {
          const { ids } = (await app.ask('cue.create_many', { mission_id, cues: [1, 2, 3, 4, 5].map(() => ({ label: `l${made++}` })), after_id: place })) as { ids: string[] }
          expected.splice(place === null ? 0 : expected.indexOf(place) + 1, 0, ...ids)
        } else if (moving !== undefined && target !== undefined && moving !== target) {
          expected.splice(expected.indexOf(moving), 1)
          if (what === 'remove') await app.ask('cue.remove', { ids: [moving] })
          else {
            await app.ask('cue.move', what === 'move' ? { id: moving, after_id: target } : { id: moving, before_id: target })
            expected.splice(expected.indexOf(target) + (what === 'move' ? 1 : 0), 0, moving)
          }
        }
      }
      const { lines } = await runOf(mission_id)
      expect(lines.map(({ id }) => id)).toEqual(expected)
      expect(new Set(lines.map(({ position }) => position)).size).toBe(lines.length)
    }), { numRuns: 12 })
  })

  it('goes and comes back with its mission, and along with its copy when asked', async () => {
    const mission_id = await missionAt('À copier')
    await app.ask('cue.create_many', { mission_id, cues: [{ label: 'A', at: '2026-10-24T18:00:00.000Z' }, { label: 'B' }] })
    const copy = String((await app.ask('mission.duplicate', { id: mission_id, days: 1, with_assignments: false, with_run_of_show: true }))['id'])
    // The clocks changed in between: eight in the evening stays eight in the evening.
    expect((await runOf(copy)).lines.map(({ label, clock }) => [label, clock.time])).toEqual([['A', '20:00:00'], ['B', '20:00:00']])
    const bare = String((await app.ask('mission.duplicate', { id: mission_id, days: 1, with_assignments: false }))['id'])
    expect(await labels(bare)).toEqual([])
    await app.ask('mission.remove', { id: mission_id })
    expect((await app.ask('cue.list', { filter: { mission_id } }))['total']).toBe(0)
    await app.ask('mission.restore', { id: mission_id })
    expect(await labels(mission_id)).toEqual(['A', 'B'])
  })
})

describe('moving missions by days', () => {
  it('is shown before it is done, takes along what is theirs and leaves those who answered', async () => {
    const mission_id = await missionAt('À décaler')
    const people = await Promise.all(['Nora Vial', 'Yann Perrec'].map(async (display_name) => String((await app.ask('collaborator.create', { display_name }))['id'])))
    await app.ask('assignment.create', { mission_id, people: people.map((collaborator_id) => ({ collaborator_id, call_at: '2026-10-24T15:30:00.000Z' })) })
    await app.ask('milestone.create', { mission_id, label: 'Portes', at: '2026-10-24T17:00:00.000Z' })
    await app.ask('cue.create', { mission_id, label: 'A', at: '2026-10-24T18:00:00.000Z' })
    const locked = await missionAt('Verrouillée')
    await app.ask('mission.lock', { id: locked, reason: 'relecture' })
    const { missions } = (await app.ask('mission.preview_shift', { ids: [mission_id, locked], days: 1 })) as { missions: { to_start_at: string; moving: number; refused: string | null }[] }
    expect(missions.map(({ to_start_at, moving, refused }) => [to_start_at, moving, refused])).toEqual([['2026-10-25T17:00:00.000Z', 2, null], ['2026-10-25T17:00:00.000Z', 0, 'locked']])
    expect((await app.ask('mission.get', { id: mission_id }))['start_at']).toBe('2026-10-24T16:00:00.000Z')
    expect(await app.refused('mission.shift', { ids: [mission_id, locked], days: 1 })).toBe('mission.locked')
    expect((await app.ask('mission.get', { id: mission_id }))['start_at']).toBe('2026-10-24T16:00:00.000Z')
    await app.ask('mission.shift', { ids: [mission_id], days: 1 })
    const after = await app.ask('mission.get', { id: mission_id })
    expect([after['start_at'], (after['milestones'] as { at: string }[])[0]?.at]).toEqual(['2026-10-25T17:00:00.000Z', '2026-10-25T18:00:00.000Z'])
    expect(((await app.ask('assignment.list', { filter: { mission_id } }))['items'] as { call_at: string }[]).map(({ call_at }) => call_at)).toEqual(['2026-10-25T16:30:00.000Z', '2026-10-25T16:30:00.000Z'])
    expect((await runOf(mission_id)).lines[0]?.clock.time).toBe('20:00:00')
    await app.ask('history.undo', { command_id: await lastCommand() })
    expect((await app.ask('mission.get', { id: mission_id }))['start_at']).toBe('2026-10-24T16:00:00.000Z')
  })
})

describe('coverage of a mission in the list', () => {
  it('counts who answered and who is only held, for what is needed, with the first call and the sheet', async () => {
    const mission_id = await missionAt('Couverture')
    const [role, other] = ((await app.ask('organization.get', {}))['crew_roles'] as { id: string }[]).map(({ id }) => id)
    await app.ask('need.create', { mission_id, crew_role_id: role, head_count: 3 })
    const people = await Promise.all(['Rémi Caro', 'Ada Lenoir'].map(async (display_name) => String((await app.ask('collaborator.create', { display_name }))['id'])))
    await app.ask('assignment.create', { mission_id, people: [{ collaborator_id: people[0], crew_role_id: role, quantity: 2, call_at: '2026-10-24T14:00:00.000Z' }, { collaborator_id: people[1], crew_role_id: other }] })
    await app.ask('sheet.prepare', { mission_id })
    const [row] = (await app.ask('mission.list', { filter: { id: mission_id } }))['items'] as Record<string, unknown>[]
    expect(row).toMatchObject({ head_count: 3, filled_count: 0, held_count: 2, first_call_at: '2026-10-24T14:00:00.000Z', sheet_published_number: null, sheet_next_number: 1, sheet_next_state: 'draft' })
  })
})

describe('a script', () => {
  const text = readFileSync(new URL('../../fixtures/scripts/la-digue.fdx', import.meta.url), 'utf8')
  const file = (content: string) => ({ file_name: 'la-digue.fdx', content_base64: Buffer.from(content).toString('base64') })
  const preview = async (mission_id: string, content: string, more: object = {}): Promise<Preview> => (await app.ask('run_of_show.preview_fdx', { mission_id, ...file(content), ...more })) as unknown as Preview

  it('is looked at without writing, then brought in as one gesture, and taken back as one', async () => {
    const mission_id = await missionAt('Jour 1')
    await app.ask('cast_role.create', { project_id: project, name: 'Maud', number: '7' })
    const seen = await preview(mission_id, text)
    expect(seen.counts).toEqual({ create: 5, update: 0, skip: 1 })
    expect(await labels(mission_id)).toEqual([])
    const input = { mission_id, ...file(text), digest: seen.digest }
    const done = await app.ask('run_of_show.apply_fdx', input, app.owner, 'apply-1')
    expect(done).toMatchObject({ scenes: 3, changed_scenes: 0, characters: 2 })
    expect(await app.ask('run_of_show.apply_fdx', input, app.owner, 'apply-1')).toEqual(done)
    const run = await runOf(mission_id)
    expect(run.lines.map(({ number, label, scene }) => [number, label, scene?.cast])).toEqual([
      ['1', 'EXT. DIGUE - AUBE', ['7', '8']], ['2', 'INT./EXT. CAMIONNETTE - AUBE', ['9', '7']], ['2A', 'INT. MAISON DE L’ÉCLUSIER - CUISINE - NUIT', ['8']],
    ])
    expect(run.cast.map(({ number, name, player, scenes }) => [number, name, player, scenes])).toEqual([['7', 'Maud', null, 2], ['8', 'L’ÉCLUSIER', null, 2], ['9', 'SACHA', null, 1]])
    expect(run.eighths).toBe(32)
    await app.ask('history.undo_group', { group_id: done['group_id'] })
    expect((await runOf(mission_id)).lines).toEqual([])
    expect((await runOf(mission_id)).cast.map(({ name }) => name)).toEqual(['Maud'])
  })

  it('read again says what changed, scene by scene, old and new; what is left out stays as it was', async () => {
    const mission_id = await missionAt('Jour 2')
    await app.ask('run_of_show.apply_fdx', { mission_id, ...file(text), digest: (await preview(mission_id, text)).digest })
    expect((await preview(mission_id, text)).counts).toEqual({ create: 0, update: 0, skip: 6 })
    const next = text.replace('EXT. DIGUE - AUBE', 'EXT. DIGUE - NUIT').replace('Length="5/8"', 'Length="1 1/8"')
    const seen = await preview(mission_id, next)
    expect(seen.scenes.map(({ number, decision, changes }) => [number, decision, changes])).toEqual([
      ['1', 'update', [{ field: 'label', before: 'EXT. DIGUE - AUBE', after: 'EXT. DIGUE - NUIT' }, { field: 'effect', before: 'AUBE', after: 'NUIT' }]],
      ['2', 'update', [{ field: 'eighths', before: '5', after: '9' }]],
      ['2A', 'skip', []],
    ])
    expect(await app.refused('run_of_show.apply_fdx', { mission_id, ...file(next), digest: 'other' })).toBe('import.changed')
    const left_out = ['s2']
    await app.ask('run_of_show.apply_fdx', { mission_id, ...file(next), left_out, digest: (await preview(mission_id, next, { left_out })).digest })
    expect((await runOf(mission_id)).lines.map(({ scene }) => scene?.eighths)).toEqual([11, 5, 16])
    expect(await labels(mission_id)).toContain('EXT. DIGUE - NUIT')
  })

  it('is refused with its line when it cannot be read, and in a locked mission', async () => {
    const mission_id = await missionAt('Jour 3')
    const answer = await app.core.execute({ name: 'run_of_show.preview_fdx', input: { mission_id, ...file('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]>\n<FinalDraft/>') } }, app.owner)
    expect(answer).toMatchObject({ error: { code: 'validation.file', details: [{ field: 'lines.2', issue: 'fdx.doctype' }] } })
    const { digest } = await preview(mission_id, text)
    await app.ask('mission.lock', { id: mission_id })
    expect(await app.refused('run_of_show.apply_fdx', { mission_id, ...file(text), digest })).toBe('mission.locked')
  })

  it('fills the scenes and the cast of a film day’s first sheet; a show’s sheet takes no cues', async () => {
    const mission_id = await missionAt('Jour 4', '2026-10-27')
    await app.ask('run_of_show.apply_fdx', { mission_id, ...file(text), digest: (await preview(mission_id, text)).digest })
    await app.ask('cue.create', { mission_id, kind: 'banner', label: 'Changement de décor', duration_seconds: 1200 })
    const { revision_id } = await app.ask('sheet.prepare', { mission_id })
    const sheet = await app.ask('sheet.preview', { revision_id })
    const snapshot = (sheet['snapshot'] ?? sheet) as { scenes: Record<string, unknown>[]; cast: Record<string, unknown>[] }
    expect(snapshot.scenes.map(({ kind, number, effect, light, set, synopsis, eighths }) => [kind, number, effect, light, set ?? synopsis, eighths])).toEqual([
      ['scene', '1', 'EXT', 'AUBE', 'DIGUE', 11], ['scene', '2', 'INT/EXT', 'AUBE', 'CAMIONNETTE', 5], ['scene', '2A', 'INT', 'NUIT', 'MAISON DE L’ÉCLUSIER - CUISINE', 16],
      ['banner', null, null, null, 'Changement de décor', null],
    ])
    expect(snapshot.cast.map(({ role }) => role)).toEqual(['Maud', 'L’ÉCLUSIER', 'SACHA'])
  })
})
