import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listImports } from '../../../shared/domain/imports/operations.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bringIn, everyRow, look, makeProject, textInput, undoAll } from '../../fixtures/imports.ts'

let app: TestOrganization
let project_id: string

beforeEach(async () => {
  app = await openTestOrganization()
  project_id = await makeProject(app)
})
afterEach(() => app.close())

const addPerson = async (values: Record<string, unknown>): Promise<string> => String((await app.ask('collaborator.create', values))['id'])
const people = (text: string, more: object = {}) => ({ ...textInput(project_id, 'people', text), ...more })
const named = async (name: string) => (await everyRow(app, 'collaborator.list')).filter((row) => row['display_name'] === name)
const imports = async () => listImports.output.parse(await app.ask('import.list', {})).items

describe('who is who', () => {
  it('by name and year of birth is sure; by name alone someone must say', async () => {
    const ines = await addPerson({ display_name: 'Inès Kaplan', birth_date: '1985-04-12' })
    await addPerson({ display_name: 'Sacha Robin' })
    const seen = await look(app, people('Nom complet;Date de naissance;Langues\nInès Kaplan;03/02/1985;italien\nSacha Robin;;italien\n'))
    const of = (name: string) => seen.proposals.people.find(({ draft }) => draft['full_name'] === name)
    expect(of('Inès Kaplan')).toMatchObject({ match: { id: ines, by: 'name_birth' }, unsure: false })
    expect(of('Sacha Robin')).toMatchObject({ match: { by: 'name' }, unsure: true })
    expect([seen.ready, seen.undecided, seen.known_people.map(({ name }) => name)]).toEqual([false, 1, ['Inès Kaplan', 'Sacha Robin']])
  })

  it('another year of birth is another person', async () => {
    await addPerson({ display_name: 'Inès Kaplan', birth_date: '1985-04-12' })
    const seen = await look(app, people('Nom complet;Date de naissance\nInès Kaplan;12/04/1999\n'))
    expect([seen.counts.people, seen.undecided]).toEqual([{ create: 1, update: 0, skip: 0 }, 0])
  })

  it('nothing is written while somebody is in doubt; each choice does what it says', async () => {
    const sacha = await addPerson({ display_name: 'Sacha Robin' })
    const text = 'Nom complet;E-mail\nSacha Robin;sacha@example.org\n'
    const open = await look(app, people(text))
    expect(await app.refused('import.apply', { ...people(text), digest: open.digest })).toBe('validation.invalid')
    const key = String(open.proposals.people[0]?.key)
    const left = await look(app, people(text, { identities: [{ key, as: { kind: 'skip' } }] }))
    expect([left.ready, left.counts.people]).toEqual([false, { create: 0, update: 0, skip: 1 }])
    expect(await bringIn(app, people(text, { identities: [{ key, as: { kind: 'existing', id: sacha } }] }))).toMatchObject({ updated: { people: 1 }, created: { people: 0 } })
    expect((await named('Sacha Robin')).map((row) => [row['id'], row['email']])).toEqual([[sacha, 'sacha@example.org']])
  })

  it('two of the directory with one name are both offered, and somebody new can be a third', async () => {
    const both = [await addPerson({ display_name: 'Lou Tomé' }), await addPerson({ display_name: 'Lou Tomé' })]
    const text = 'Nom complet;Téléphone\nLou Tomé;06 39 98 00 13\n'
    const [proposal] = (await look(app, people(text))).proposals.people
    expect(proposal?.candidates.toSorted()).toEqual(both.toSorted())
    await bringIn(app, people(text, { identities: [{ key: proposal?.key, as: { kind: 'new' } }] }))
    expect(await named('Lou Tomé')).toHaveLength(3)
  })

  it('two rows of one name are one person, or two where someone says so', async () => {
    const text = 'Nom complet;Langues\nLou Tomé;italien\nLou Tomé;danois\n'
    expect((await look(app, people(text))).counts.people.create).toBe(1)
    const apart = people(text, { apart_rows: [1] })
    expect((await look(app, apart)).counts.people.create).toBe(2)
    await bringIn(app, apart)
    expect(await named('Lou Tomé')).toHaveLength(2)
    expect((await look(app, apart)).ready).toBe(false)
  })
})

describe('a group left out', () => {
  it('of changes keeps who is known as they are and still brings in the new', async () => {
    await addPerson({ display_name: 'Inès Kaplan', email: 'ines@example.org' })
    const text = 'Nom complet;E-mail;Langues\nInès Kaplan;ines@example.org;danois\nSacha Robin;sacha@example.org;italien\n'
    const applied = await bringIn(app, people(text, { leave: ['people:known'] }))
    expect([applied.created.people, applied.updated.people, applied.skipped.people]).toEqual([1, 0, 1])
  })

  it('of new people leaves their assignments and nothing refers to what is not there', async () => {
    const text = 'id;titre;début;fin;lieu;personnes\n1;Montage;18/06/2027 08:00;18/06/2027 12:00;Grande halle;Inès Kaplan\n'
    const schedule = { ...textInput(project_id, 'schedule', text), leave: ['people:new'] }
    expect((await bringIn(app, schedule)).created).toEqual({ locations: 1, people: 0, missions: 1, assignments: 0 })
  })

  it('of new missions leaves their places too', async () => {
    const text = 'id;titre;début;fin;lieu\n1;Montage;18/06/2027 08:00;18/06/2027 12:00;Grande halle\n'
    const seen = await look(app, { ...textInput(project_id, 'missions', text), leave: ['missions:new'] })
    expect([seen.counts.locations.create, seen.counts.missions.create, seen.ready]).toEqual([0, 0, false])
  })
})

describe('how columns are read', () => {
  it('is shown with samples and can be said otherwise', async () => {
    const seen = await look(app, people('Nom;Téléphone;Langues\nDupont Marie;0639980011;français / danois\n', { name_order: 'last_first', list_marks: { languages: '/' } }))
    expect(seen.columns.map(({ readings }) => readings[0])).toEqual([
      { kind: 'name', first_name: 'Marie', last_name: 'Dupont' }, { kind: 'phone', e164: '+33639980011' }, { kind: 'list', items: ['français', 'danois'] },
    ])
    const dated = { ...textInput(project_id, 'missions', 'Titre;Date;Début;Fin\nMontage;03/04/2027;14h30;18h\n'), date_order: 'mdy' }
    expect((await look(app, dated)).columns.map(({ readings }) => readings[0])).toEqual([
      null, { kind: 'date', date: '2027-03-04' }, { kind: 'time', time: '14:30', next_day: false }, { kind: 'time', time: '18:00', next_day: false },
    ])
  })

  it('a value for all rows fills the blank cells only', async () => {
    await bringIn(app, people('Nom complet;Langues\nInès Kaplan;danois\nSacha Robin;\n', { constants: [{ field: 'languages', value: 'italien' }] }))
    expect((await everyRow(app, 'collaborator.list')).map((row) => row['languages']).flat().sort()).toEqual(['danois', 'italien'])
  })

  it('an encoding that was guessed wrong can be given', async () => {
    const bytes = Buffer.from('Nom complet\nIn\xe8s Kaplan\n', 'latin1').toString('base64')
    const seen = await look(app, { project_id, kind: 'people', file_name: 'a.csv', content_base64: bytes, encoding: 'windows-1252' })
    expect([seen.encoding, seen.rows[0]?.values['full_name']]).toEqual(['windows-1252', 'Inès Kaplan'])
  })
})

describe('what was chosen for the columns', () => {
  const header = ['Qui', 'Adresse']
  const text = `${header.join(';')}\nInès Kaplan;ines@example.org\n`
  const remember = () => app.ask('import.remember', { project_id, kind: 'people', header, mapping: ['full_name', 'email'], label: 'équipe', date_order: 'mdy' })

  it('is used for the next file with the same header line, in whatever order, and for no other', async () => {
    expect((await look(app, people(text))).remembered).toBeNull()
    await remember()
    const seen = await look(app, people('Adresse;Qui\nines@example.org;Inès Kaplan\n'))
    expect([seen.mapping, seen.date_order, seen.remembered]).toMatchObject([['email', 'full_name'], 'mdy', { label: 'équipe', used: true }])
    expect((await look(app, people(text, { recall: false }))).remembered?.used).toBe(false)
    expect((await look(app, people('Qui;Adresse;Ville\nx;y;z\n'))).remembered).toBeNull()
    expect((await look(app, { ...people(text), kind: 'assignments' })).remembered).toBeNull()
  })

  it('is replaced when chosen again, and can be forgotten', async () => {
    const first = await remember()
    expect(await remember()).toEqual(first)
    await app.ask('import.forget', { project_id, id: first['id'] })
    expect((await look(app, people(text))).remembered).toBeNull()
    expect((await remember())['id']).toBeDefined()
    expect((await look(app, people(text))).remembered?.used).toBe(true)
  })
})

describe('the imports of the organization', () => {
  const text = 'Nom complet;E-mail\nInès Kaplan;ines@example.org\nSacha Robin;sacha@example.org\n'

  it('are listed with who, when and how much, and say that they were undone', async () => {
    const applied = await bringIn(app, people(text))
    expect(await imports()).toMatchObject([{ group_id: applied.group_id, source: 'planning', project_name: 'Les Nuits du Phare', mine: true, created: { people: 2 }, state: 'standing', why_not: null }])
    const undone = await undoAll(app, applied.group_id)
    expect(await imports()).toMatchObject([{ state: 'undone', why_not: 'undone' }])
    await undoAll(app, undone.undo_group_id)
    expect(await imports()).toMatchObject([{ state: 'standing', why_not: null }])
  })

  it('older than 30 days stay, with the reason', async () => {
    const applied = await bringIn(app, people(text))
    app.at('2026-11-19T07:00:00.000Z')
    expect((await imports())[0]?.why_not).toBeNull()
    app.at('2026-11-20T08:00:00.000Z')
    expect((await imports())[0]?.why_not).toBe('too_old')
    expect(await app.refused('history.undo_group', { group_id: applied.group_id })).toBe('undo.too_late')
    expect(await named('Inès Kaplan')).toHaveLength(1)
  })

  it('undone after somebody edited keep what was edited and list it', async () => {
    const applied = await bringIn(app, people(text))
    const [ines] = await named('Inès Kaplan')
    await app.ask('collaborator.update', { id: ines?.['id'], version: ines?.['version'], changes: { phone: '06 39 98 00 11' } })
    const undone = await undoAll(app, applied.group_id)
    expect(undone.kept.map(({ title }) => title)).toEqual(['Inès Kaplan'])
    expect([await named('Inès Kaplan'), await named('Sacha Robin')].map((rows) => rows.length)).toEqual([1, 0])
  })
})
