import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bringIn, everyRow, look, makeProject, textInput, totals, undoAll } from '../../fixtures/imports.ts'

const CREW = `personne;e-mail;mission;poste;convocation;début;fin;tarif;contrat;notes
Inès Kaplan;ines@example.org;J1;Bell ringer;07h30;18/06/2027 08:00;18/06/2027 12:00;250,00 €/jour;CDDU technicien;Badge au poste 2
Sacha Robin;sacha@example.org;J1;Souffleuse;;18/06/2027 08:00;18/06/2027 12:00;;bénévole;
`

let app: TestOrganization
let project_id: string

beforeEach(async () => {
  app = await openTestOrganization()
  project_id = await makeProject(app)
  await app.ask('crew_role.create', { name: 'Sonneuse de cloches', name_en: 'Bell ringer' })
})
afterEach(() => app.close())

describe('assignments', () => {
  let mission: string
  beforeEach(async () => {
    mission = String((await app.ask('mission.create', { project_id, title: 'Montage', day_code: 'J1', start_at: '2027-06-18T06:00:00.000Z', end_at: '2027-06-18T10:00:00.000Z' }))['id'])
  })

  it('go to the mission that their code names, with call, rate, kind of engagement and crew role; an unknown role is kept in words', async () => {
    const applied = await bringIn(app, textInput(project_id, 'assignments', CREW))
    expect(applied).toMatchObject({ created: { missions: 0, people: 2, assignments: 2 }, rejected: 0 })
    const rows = await everyRow(app, 'assignment.list', { project_id })
    const of = (name: string) => rows.find((row) => row['collaborator_name'] === name)
    expect(of('Inès Kaplan')).toMatchObject({
      mission_id: mission, crew_role_name: 'Sonneuse de cloches', call_at: '2027-06-18T05:30:00.000Z', rate_minor: 25_000, rate_basis: 'daily', rate_currency: 'EUR',
      engagement_kind: 'cddu_technician', notes: 'Badge au poste 2', state: 'planned',
    })
    expect(of('Sacha Robin')).toMatchObject({ crew_role_name: null, notes: 'Souffleuse', engagement_kind: 'volunteer' })
  })

  it('imported a second time bring nothing, though one names a role that is not in the catalogue', async () => {
    await bringIn(app, textInput(project_id, 'assignments', CREW))
    const again = await look(app, textInput(project_id, 'assignments', CREW))
    expect([again.ready, again.counts.assignments, again.counts.people]).toEqual([false, { create: 0, update: 0, skip: 2 }, { create: 0, update: 0, skip: 2 }])
  })

  it('of somebody who has answered keep their terms, and the preview says so', async () => {
    await bringIn(app, textInput(project_id, 'assignments', CREW))
    await app.file.engine.run(`UPDATE assignment SET state = 'confirmed' WHERE org_id = ?`, [app.org])
    const later = textInput(project_id, 'assignments', CREW.replaceAll('12:00', '13:00').replace('Badge au poste 2', 'Badge au poste 5'))
    const seen = await look(app, later)
    expect(seen.groups.find(({ message_code }) => message_code === 'import.terms_answered')?.count).toBe(2)
    expect(await bringIn(app, later)).toMatchObject({ updated: { assignments: 1 } })
    expect((await everyRow(app, 'assignment.list', { project_id })).map((row) => [row['end_at'], row['notes']]).sort()).toEqual([
      ['2027-06-18T10:00:00.000Z', 'Badge au poste 5'], ['2027-06-18T10:00:00.000Z', 'Souffleuse'],
    ])
  })

  it('undone as one, changed ones go back to what they were', async () => {
    await bringIn(app, textInput(project_id, 'assignments', CREW))
    const applied = await bringIn(app, textInput(project_id, 'assignments', CREW.replaceAll('12:00', '13:00')))
    expect(applied).toMatchObject({ created: { assignments: 0 }, updated: { assignments: 2 } })
    await undoAll(app, applied.group_id)
    expect((await everyRow(app, 'assignment.list', { project_id })).map((row) => row['end_at'])).toEqual(['2027-06-18T10:00:00.000Z', '2027-06-18T10:00:00.000Z'])
  })
})

describe('two people at once', () => {
  it('importing the same file bring it in once: the second is told to look again', async () => {
    const input = textInput(project_id, 'schedule', schedule(40))
    const { digest } = await look(app, input)
    const answers = await Promise.all(['one', 'two'].map((id) => app.core.execute({ name: 'import.apply', input: { ...input, digest }, id }, app.owner)))
    expect(answers.map((answer) => (isError(answer) ? answer.error.code : 'imported')).sort()).toEqual(['import.changed', 'imported'])
    expect((await totals(app, project_id)).missions).toBe(40)
  })
})

describe('a long file', () => {
  it('of 2,000 rows is previewed within a second and imported within five, as one gesture', async () => {
    const input = textInput(project_id, 'schedule', schedule(2_000))
    const started = performance.now()
    const { digest, rows, proposals, counts } = await look(app, input)
    const looked = performance.now()
    const applied = await app.ask('import.apply', { ...input, digest })
    const done = performance.now()
    console.log(`2,000 rows: preview ${Math.round(looked - started)} ms, import ${Math.round(done - looked)} ms`)
    expect([rows.length, proposals.missions.length, counts.rows]).toEqual([200, 200, 2_000])
    expect(applied).toMatchObject({ created: { missions: 2_000, locations: 5, people: 100, assignments: 2_000 } })
    expect([looked - started < 1_000, done - looked < 5_000]).toEqual([true, true])
    const groups = await app.file.engine.all(`SELECT DISTINCT group_id FROM command_log WHERE name = 'import.write'`, [])
    expect(groups).toEqual([{ group_id: applied['group_id'] }])
  })

  it('that is no table, or too big, is refused with the reason', async () => {
    const png = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64')
    expect(await app.refused('import.preview', { project_id, kind: 'people', file_name: 'photo.png', content_base64: png })).toBe('validation.file')
    expect(await app.refused('import.preview', { project_id, kind: 'people', file_name: 'rien.csv' })).toBe('validation.invalid')
    expect(await app.refused('import.preview', textInput(project_id, 'people', ''))).toBe('validation.file')
  })

  it('one command never writes more than 500 rows', async () => {
    const people = Array.from({ length: 501 }, (_, index) => ({ key: `p${index}`, display_name: `Personne ${index}` }))
    expect(await app.refused('import.write', { project_id, source: 'x', people })).toBe('validation.invalid')
  })
})

function schedule(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = String((index % 28) + 1).padStart(2, '0')
    const hour = String(8 + (Math.floor(index / 28) % 12)).padStart(2, '0')
    return `${index};Séance ${index};${day}/06/2027 ${hour}:00;${day}/06/2027 ${hour}:50;Salle ${index % 5};Prénom${index % 100} Nom${index % 100}`
  })
  return `id;titre;début;fin;lieu;personnes\n${lines.join('\n')}\n`
}
