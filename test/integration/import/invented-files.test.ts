import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read, write } from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import type { Session } from '../../../shared/core/session.ts'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bringIn, everyRow, look, makeProject, textInput, totals, undoAll } from '../../fixtures/imports.ts'

const PEOPLE = `Nom;Prénom;E-mail;Téléphone;Poste;Compétences;Étiquettes;N° sécu
Kaplan;Inès;ines@example.org;06 39 98 00 11;GARDIENNE du phare;Conduite;nuit;2 55 08 14 168 025 38
Robin;Sacha;sacha@example.org;06 39 98 00 12;Bell ringer;Voltige;;
Tomé;Lou;lou-sans-arobase;06 39 98 00 13;Cintrier;;;
`
const SCHEDULE = `id;titre;début;fin;lieu;personnes
1;Montage;18/06/2027 08:00;18/06/2027 12:00;Grande halle;Inès Kaplan, Sacha Robin
2;Filage;18/06/2027 14:00;18/06/2027 18:00;Grande halle;Inès Kaplan
3;Rien;18/06/2027 20:00;18/06/2027 20:00;Parvis;Sacha Robin
4;Concert;18/06/2027 21:00;19/06/2027 01:00;Parvis;Sacha Robin
`
const CALENDAR = (extra = '') => `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//invented//FR
BEGIN:VEVENT
UID:repet@example.org
DTSTART:20270607T120000Z
DTEND:20270607T140000Z
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Répétition
LOCATION:Studio 2
ATTENDEE;CN=Inès Kaplan:mailto:ines@example.org
END:VEVENT
BEGIN:VEVENT
UID:relache@example.org
DTSTART;VALUE=DATE:20270610
SUMMARY:Relâche
${extra}END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n')

function workbookOf(text: string): string {
  const book = read(text, { type: 'string', FS: ';', raw: true })
  return String(write(book, { type: 'base64', bookType: 'xlsx' }))
}

let app: TestOrganization
let project_id: string
let clean: Awaited<ReturnType<typeof totals>>

beforeEach(async () => {
  app = await openTestOrganization()
  project_id = await makeProject(app)
  await app.ask('crew_role.create', { name: 'Gardienne du phare', name_en: 'Lighthouse keeper' })
  await app.ask('crew_role.create', { name: 'Sonneuse de cloches', name_en: 'Bell ringer' })
  await app.ask('skill.create', { name: 'Conduite' })
  clean = await totals(app, project_id)
})
afterEach(() => app.close())

const session = (name: string): Session => ({ user_id: deriveId('test', name), device: 'test', scope: null })
const commands = async (): Promise<number> => Number((await app.file.engine.all('SELECT count(*) AS n FROM command_log', []))[0]?.['n'])

async function addMember(name: string, role: string, project = project_id): Promise<Session> {
  await app.ask('member.add', { user_id: session(name).user_id, name, email: `${name}@example.org`, role, project_id: project })
  return session(name)
}

describe('a list of people', () => {
  it('comes in with the crew roles and skills of the organization, whatever their accents and language', async () => {
    const applied = await bringIn(app, textInput(project_id, 'people', PEOPLE))
    expect(applied).toMatchObject({ created: { people: 2 }, rejected: 1 })
    const people = await everyRow(app, 'collaborator.list')
    expect(people.map((row) => [row['display_name'], row['email'], row['crew_role_name']])).toEqual(
      expect.arrayContaining([['Inès Kaplan', 'ines@example.org', 'Gardienne du phare'], ['Sacha Robin', 'sacha@example.org', 'Sonneuse de cloches']]))
    const sacha = await app.ask('collaborator.get', { id: people.find((row) => row['display_name'] === 'Sacha Robin')?.['id'] })
    // A skill that the catalogue lacks is kept as a tag.
    expect(sacha['tags']).toEqual(['Voltige'])
  })

  it('writes nothing at all before it is applied', async () => {
    const before = await commands()
    await look(app, textInput(project_id, 'people', PEOPLE))
    await app.ask('import.rejected_csv', textInput(project_id, 'people', PEOPLE))
    expect([await commands(), await totals(app, project_id)]).toEqual([before, clean])
  })

  it('never brings in a social security number, and gives the refused rows back with their reason', async () => {
    const input = textInput(project_id, 'people', PEOPLE)
    const seen = await look(app, input)
    expect(seen.columns.find(({ header }) => header === 'N° sécu')?.refused).not.toBeNull()
    expect(JSON.stringify(seen)).not.toContain('168 025')
    const { csv, rows } = await app.ask('import.rejected_csv', input)
    expect(rows).toBe(1)
    expect(csv).toContain('lou-sans-arobase')
    expect(csv).not.toContain('168 025')
  })

  it('a second import updates only what the file changed, and undoing it goes back to the first', async () => {
    await bringIn(app, textInput(project_id, 'people', PEOPLE))
    const next = PEOPLE.replace('06 39 98 00 12', '06 39 98 00 99')
    const seen = await look(app, textInput(project_id, 'people', next))
    expect(seen.counts.people).toEqual({ create: 0, update: 1, skip: 1 })
    expect(seen.proposals.people[0]?.changes).toEqual([{ field: 'phone', old: '06 39 98 00 12', new: '06 39 98 00 99' }])
    const applied = await bringIn(app, textInput(project_id, 'people', next))
    const phone = async () => (await everyRow(app, 'collaborator.list')).find((row) => row['display_name'] === 'Sacha Robin')?.['phone']
    expect(await phone()).toBe('06 39 98 00 99')
    await undoAll(app, applied.group_id)
    expect(await phone()).toBe('06 39 98 00 12')
  })

  it('undo leaves a person whom someone planned since whole, crew role and skills included', async () => {
    const applied = await bringIn(app, textInput(project_id, 'people', PEOPLE))
    const [ines] = (await everyRow(app, 'collaborator.list')).filter((row) => row['display_name'] === 'Inès Kaplan')
    const mission = await app.ask('mission.create', { project_id, title: 'Montage', start_at: '2027-06-18T06:00:00.000Z', end_at: '2027-06-18T10:00:00.000Z' })
    await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: ines?.['id'] }] })
    const undone = await undoAll(app, applied.group_id)
    expect(undone.kept.map(({ entity }) => entity).sort()).toEqual(['collaborator', 'collaborator_role', 'collaborator_skill'])
    const [left, ...others] = await everyRow(app, 'collaborator.list')
    expect([left?.['display_name'], left?.['crew_role_name'], others]).toEqual(['Inès Kaplan', 'Gardienne du phare', []])
  })

  it('leaves no address nor telephone readable in the log', async () => {
    await bringIn(app, textInput(project_id, 'people', PEOPLE))
    const logged = await app.file.engine.all('SELECT input, record, answer FROM command_log', [])
    const audited = await app.file.engine.all('SELECT * FROM audit_event', [])
    for (const secret of ['ines@example.org', '06 39 98 00 11', 'Kaplan', '639980011']) expect(JSON.stringify([logged, audited])).not.toContain(secret)
  })

  it('says what is too long before it is refused by the records', async () => {
    const seen = await look(app, textInput(project_id, 'people', `Nom complet;Poste\n${'x'.repeat(170)};Cintrier\n`))
    expect(seen.groups.map(({ message_code }) => message_code)).toContain('import.too_long')
    expect(seen.counts.rejected).toBe(1)
  })
})

describe('a schedule', () => {
  it.each([
    ['CSV', () => ({ text: SCHEDULE })],
    ['XLSX', () => ({ content_base64: workbookOf(SCHEDULE) })],
  ])('as %s gives missions, rooms, people and their assignments, once', async (format, content) => {
    const input = { project_id, kind: 'schedule', file_name: `planning.${format.toLowerCase()}`, ...content() }
    const applied = await bringIn(app, input)
    expect(applied).toMatchObject({ created: { locations: 2, people: 2, missions: 3, assignments: 4 }, rejected: 1, chunks: 1 })
    const concert = (await everyRow(app, 'mission.list', { project_id })).find((row) => row['title'] === 'Concert')
    expect(concert).toMatchObject({ start_at: '2027-06-18T19:00:00.000Z', end_at: '2027-06-18T23:00:00.000Z', zone: 'Europe/Paris', location_name: 'Parvis' })
    expect((await look(app, input)).ready).toBe(false)
  })

  it('one undo leaves the project as it was; the log shows both and holds', async () => {
    const applied = await bringIn(app, textInput(project_id, 'schedule', SCHEDULE))
    const undone = await undoAll(app, applied.group_id)
    expect(undone).toMatchObject({ commands: 1, rows: 11, kept: [] })
    expect(await totals(app, project_id)).toEqual(clean)
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
    expect(await app.refused('history.undo_group', { group_id: applied.group_id })).toBe('undo.moved')
  })

  it('undo keeps and lists what someone edited since, with what it stands on', async () => {
    const applied = await bringIn(app, textInput(project_id, 'schedule', SCHEDULE))
    const filage = (await everyRow(app, 'mission.list', { project_id })).find((row) => row['title'] === 'Filage')
    await app.ask('mission.update', { id: filage?.['id'], version: filage?.['version'], changes: { objective: 'Sans public' } })
    await app.ask('mission.update', { id: filage?.['id'], version: Number(filage?.['version']) + 1, changes: { title: 'Filage technique' } })
    const undone = await undoAll(app, applied.group_id)
    expect(undone.kept.map(({ entity, title, why, fields }) => [entity, title, why, fields])).toEqual([
      ['mission', 'Filage technique', 'changed_since', ['title', 'objective']],
      ['location', 'Grande halle', 'referred_to', []],
    ])
    expect(await totals(app, project_id)).toEqual({ ...clean, missions: 1, locations: 1 })
  })

  it('undo keeps what others have built on: an assignment made by hand holds its mission and its person', async () => {
    const applied = await bringIn(app, textInput(project_id, 'schedule', SCHEDULE))
    const missions = await everyRow(app, 'mission.list', { project_id })
    const [person] = (await everyRow(app, 'collaborator.list')).filter((row) => row['display_name'] === 'Inès Kaplan')
    await app.ask('assignment.create', { mission_id: missions.find((row) => row['title'] === 'Concert')?.['id'], people: [{ collaborator_id: person?.['id'] }] })
    const undone = await undoAll(app, applied.group_id)
    expect(undone.kept.map(({ title }) => title).sort()).toEqual(['Concert', 'Inès Kaplan', 'Parvis'])
    expect(await totals(app, project_id)).toEqual({ locations: clean.locations + 1, people: clean.people + 1, missions: 1, assignments: 1 })
  })

  it('is the same import when the same call comes twice, and another when its file differs', async () => {
    const input = textInput(project_id, 'schedule', SCHEDULE)
    const { digest } = await look(app, input)
    const first = await app.ask('import.apply', { ...input, digest }, undefined, 'once')
    const before = await commands()
    expect(await app.ask('import.apply', { ...input, digest }, undefined, 'once')).toEqual(first)
    expect(await commands()).toBe(before)
    expect(await app.refused('import.apply', { ...input, text: SCHEDULE.replace('Filage', 'Raccord'), digest }, undefined, 'once')).toBe('idempotency.payload_mismatch')
    expect(await app.refused('import.apply', { ...input, text: SCHEDULE.replace('Filage', 'Raccord'), digest }, undefined, 'later')).toBe('import.changed')
  })

  it('goes on where the power went when the same call comes again', async () => {
    const input = textInput(project_id, 'schedule', longSchedule(1_200))
    const { digest } = await look(app, input)
    // The file as it is after the first of three commands: what another run finds after a cut.
    const folder = mkdtempSync(join(tmpdir(), 'callboard-cut-'))
    const copies: Promise<unknown>[] = []
    app.core.onCommit(({ name }) => {
      if (name === 'import.write' && copies.length === 0) copies.push(app.file.engine.run('VACUUM INTO ?', [join(folder, `${app.org}.sqlite`)]))
    })
    const whole = await app.ask('import.apply', { ...input, digest }, undefined, 'cut')
    await Promise.all(copies)
    const after = await openTestOrganization({ folder, found: false })
    try {
      expect((await totals(after, project_id)).missions).toBe(495)
      expect(await after.ask('import.apply', { ...input, digest }, undefined, 'cut')).toEqual(whole)
      expect(whole).toMatchObject({ created: { locations: 5, missions: 1_200 }, chunks: 3 })
      expect((await totals(after, project_id)).missions).toBe(1_200)
      expect((await look(after, input)).ready).toBe(false)
      await undoAll(after, String(whole['group_id']))
      expect(await totals(after, project_id)).toEqual(clean)
    } finally {
      await after.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  })

  it('is refused whole when the records changed since the preview', async () => {
    const input = textInput(project_id, 'schedule', SCHEDULE)
    const { digest } = await look(app, input)
    await app.ask('location.create', { name: 'Grande Halle', zone: 'Europe/Paris' })
    const before = await commands()
    expect(await app.refused('import.apply', { ...input, digest })).toBe('import.changed')
    expect(await commands()).toBe(before)
  })

  it('a refusal half-way leaves nothing half done', async () => {
    const input = textInput(project_id, 'schedule', longSchedule(1_200))
    const { digest } = await look(app, input)
    let writes = 0
    let archived: Promise<unknown> = Promise.resolve()
    const stop = app.core.onCommit(({ name }) => {
      // Someone locks the project's door between two commands of the import.
      if (name === 'import.write' && ++writes === 1)
        archived = app.file.engine.run('UPDATE location SET deleted_at = ? WHERE org_id = ? AND name = ?', ['2027-01-01T00:00:00.000Z', app.org, 'Salle 1'])
    })
    const code = await app.refused('import.apply', { ...input, digest })
    stop()
    await archived
    expect(code).toBe('validation.reference')
    expect(await totals(app, project_id)).toMatchObject({ missions: 0, people: 0, locations: 0 })
  })

  it('leaves alone a mission that is locked, and says so', async () => {
    await bringIn(app, textInput(project_id, 'schedule', SCHEDULE))
    const filage = (await everyRow(app, 'mission.list', { project_id })).find((row) => row['title'] === 'Filage')
    await app.ask('mission.lock', { id: filage?.['id'] })
    const moved = SCHEDULE.replace('18/06/2027 14:00', '18/06/2027 15:00').replace('2;Filage', '2;Filage').replace('18:00;Grande halle;Inès Kaplan', '18:00;Grande halle;Inès Kaplan, Sacha Robin')
    const seen = await look(app, textInput(project_id, 'schedule', moved))
    expect(seen.groups.map(({ message_code }) => message_code)).toContain('import.mission_locked')
    const applied = await bringIn(app, textInput(project_id, 'schedule', `${moved}5;Démontage;20/06/2027 08:00;20/06/2027 12:00;Parvis;\n`))
    expect(applied).toMatchObject({ created: { missions: 1, assignments: 0 }, updated: { missions: 0 } })
  })

  it('is refused in an archived project before anything is written', async () => {
    const input = textInput(project_id, 'schedule', SCHEDULE)
    await app.ask('project.archive', { id: project_id })
    const { digest } = await look(app, input)
    const before = await commands()
    expect(await app.refused('import.apply', { ...input, digest })).toBe('project.archived')
    expect(await commands()).toBe(before)
  })
})

describe('a calendar', () => {
  it('brings each date of a series, whole days as days off, and people when asked', async () => {
    const input = { project_id, kind: 'schedule', file_name: 'agenda.ics', content_base64: Buffer.from(CALENDAR()).toString('base64'), attendees: 'assign' }
    const applied = await bringIn(app, input)
    expect(applied).toMatchObject({ created: { locations: 1, people: 1, missions: 4, assignments: 3 } })
    expect((await everyRow(app, 'mission.list', { project_id })).filter((row) => row['kind'] === 'off')).toHaveLength(1)
    expect((await look(app, input)).ready).toBe(false)
  })

  it('an event canceled since cancels its mission, once', async () => {
    const file = (text: string) => ({ project_id, kind: 'schedule', file_name: 'agenda.ics', text })
    await bringIn(app, file(CALENDAR()))
    const applied = await bringIn(app, file(CALENDAR('STATUS:CANCELLED\r\n')))
    expect(applied.updated.missions).toBe(1)
    expect((await everyRow(app, 'mission.list', { project_id })).filter((row) => row['status'] === 'canceled').map((row) => row['title'])).toEqual(['Relâche'])
    expect((await look(app, file(CALENDAR('STATUS:CANCELLED\r\n')))).ready).toBe(false)
  })
})

describe('who may import', () => {
  it('a planner of the project may; a viewer and a planner of another project may not', async () => {
    const input = textInput(project_id, 'schedule', SCHEDULE)
    const { digest } = await look(app, input)
    const viewer = await addMember('viewer', 'viewer')
    expect(await app.refused('import.preview', input, viewer)).toBe('auth.forbidden')
    expect(await app.refused('import.apply', { ...input, digest }, viewer)).toBe('auth.forbidden')
    const other = await makeProject(app, 'AUTRE')
    expect(await app.refused('import.preview', input, await addMember('stranger', 'planner', other))).toBe('project.not_found')
    const planner = await addMember('planner', 'planner')
    const seen = await app.core.execute({ name: 'import.preview', input }, planner)
    if (isError(seen)) throw new Error(seen.error.code)
    const applied = await app.ask('import.apply', { ...input, digest: (seen.value as { digest: string }).digest }, planner)
    expect(applied['created']).toMatchObject({ missions: 3 })
    expect(await app.refused('history.undo_group', { group_id: applied['group_id'] })).toBe('command.not_found')
  })

  it('two projects cannot write into one another through an import', async () => {
    const other = await makeProject(app, 'AUTRE')
    await bringIn(app, textInput(project_id, 'schedule', SCHEDULE))
    const [row] = await everyRow(app, 'mission.list', { project_id })
    const write = { project_id: other, source: 'forged', changed_missions: [{ key: 'm0', id: row?.['id'], version: row?.['version'], changes: { title: 'Pris' } }] }
    expect(await app.refused('import.write', write)).toBe('mission.not_found')
  })
})

function longSchedule(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = String((index % 28) + 1).padStart(2, '0')
    const hour = String(8 + (Math.floor(index / 28) % 12)).padStart(2, '0')
    return `${index};Séance ${index};${day}/06/2027 ${hour}:00;${day}/06/2027 ${hour}:50;Salle ${index % 5};`
  })
  return `id;titre;début;fin;lieu;personnes\n${lines.join('\n')}\n`
}
