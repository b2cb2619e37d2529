/** What a person may ask of an organization: their data in a folder they can read, and nobody else's. */
import { strFromU8, unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
interface Line {
  [column: string]: unknown
}
/** Words of others that must be in nobody else's file. */
const planted = ['Ignace Planté', '06 39 98 66 66', 'Description Plantée', 'Liste Plantée', 'note plantée', 'contrat-planté.pdf', 'Zéphyrine project_manager']

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'person-file' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
async function attach(id: string, name: string, content: string, here = true): Promise<void> {
  const data = bytes(content)
  const digest = sha256(data)
  if (here) app.blobs.set(digest, data)
  await app.ask('attachment.add', { entity: 'collaborator', entity_id: id, project_id: null, name, type: 'text/plain', size: data.byteLength, sha256: digest })
}
async function textOfPdf(data: Uint8Array): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise
  const pages: string[] = []
  for (let page = 1; page <= pdf.numPages; page++) pages.push((await (await pdf.getPage(page)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' '))
  await pdf.loadingTask.destroy()
  return pages.join('\n')
}
async function folder(collaborator_id: string, more: object = {}, session?: Session) {
  const made = await app.ask('collaborator.export_data', { collaborator_id, ...more }, session)
  const zip = new Uint8Array(Buffer.from(String(made['base64']), 'base64'))
  const files = unzipSync(zip)
  const parts = await Promise.all(Object.entries(files).map(async ([name, data]) => `${name}\n${name.endsWith('.pdf') && !name.includes('/') ? await textOfPdf(data) : strFromU8(data)}`))
  return { made, zip, files, text: parts.join('\n').normalize('NFC') }
}

describe('one person’s folder', () => {
  it('holds a PDF, a table of each subject, the records and their documents, named in their language', async () => {
    const id = world.stranger
    await attach(id, 'Attestation été.txt', 'un')
    await attach(id, 'Attestation été.txt', 'deux')
    await attach(id, '../../etc/passwd', 'trois')
    await attach(id, 'Ailleurs.txt', 'quatre', false)
    const { made, files, zip, text } = await folder(id)
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['donnees.pdf', 'donnees.json', 'tableaux/identite.csv', 'tableaux/affectations.csv', 'tableaux/habilitations.csv', 'documents/Attestation été.txt', 'documents/Attestation été (2).txt']))
    expect(Object.keys(files).filter((name) => name.includes('..') || name.startsWith('/'))).toEqual([])
    expect(strFromU8(files['documents/Attestation été (2).txt'] ?? new Uint8Array())).toBe('deux')
    expect(made).toMatchObject({ type: 'application/zip', language: 'fr', missing: ['Ailleurs.txt'], withheld: [], elsewhere: 0, sha256: sha256(zip) })
    expect(String(made['file_name'])).toMatch(/zephyrine-attaquee\.zip$/)
    expect(await textOfPdf(files['donnees.pdf'] ?? new Uint8Array())).toMatch(/06 39 98 77 77[\s\S]*Affectations/)
    expect(strFromU8(files['tableaux/identite.csv'] ?? new Uint8Array())).toContain('06 39 98 77 77')
    expect(text).toContain('313,13')
    expect(JSON.parse(strFromU8(files['donnees.json'] ?? new Uint8Array()))).toMatchObject({ complete: true, records: { assignment: expect.any(Array) } })
    const version = (await app.ask('collaborator.get', { id }))['version']
    await app.ask('collaborator.update', { id, version, changes: { languages: ['Anglais', 'français'] } })
    expect(Object.keys((await folder(id)).files)).toEqual(expect.arrayContaining(['data.pdf', 'tables/assignments.csv']))
    expect(Object.keys((await folder(id, { language: 'fr' })).files)).toContain('donnees.pdf')
  })

  it('names documents so that they can be taken out on any computer, whatever they were called', async () => {
    const id = String((await app.ask('collaborator.create', { display_name: 'Nommée Partout' }))['id'])
    const names = ['CON', 'nul.pdf', 'Com1.tar.gz', 'contrat.pdf. ', 'CONTRAT.PDF', 'facture\u202Efdp.exe', '.. ', `${'é'.repeat(240)}.pdf`, 'constat.pdf']
    for (const [index, name] of names.entries()) await attach(id, name, `contenu ${index}`)
    const { files } = await folder(id)
    const paths = Object.keys(files).filter((name) => name.startsWith('documents/')).map((name) => name.slice('documents/'.length))
    expect(paths).toHaveLength(names.length)
    expect(paths).toEqual(expect.arrayContaining(['CON-', 'nul-.pdf', 'Com1-.tar.gz', 'constat.pdf', 'facturefdp.exe', 'document']))
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(names.length)
    for (const path of paths) {
      expect(path).not.toMatch(/[. ]$|[\p{Cf}\p{Cc}\\/:*?"<>|]|^(?:con|nul|com1)(?:\.|$)/iu)
      expect(Buffer.byteLength(path)).toBeLessThanOrEqual(255)
    }
    expect(paths.filter((path) => /^é+\.pdf$/u.test(path))).toHaveLength(1)
  })

  it('names nobody else, whoever works beside them, leads with them or is written about', async () => {
    const id = world.stranger
    const other = String((await app.ask('collaborator.create', { display_name: 'Ignace Planté', phone: '06 39 98 66 66' }))['id'])
    await attach(other, 'contrat-planté.pdf', 'contrat d’Ignace Planté')
    const [first = ''] = world.a.missions
    await app.ask('assignment.create', { mission_id: first, people: [{ collaborator_id: other, notes: 'note plantée' }] })
    const version = (await app.ask('mission.get', { id: first }))['version']
    await app.ask('mission.update', { id: first, version, changes: { lead_collaborator_id: id, description: 'Description Plantée d’Ignace Planté', checklist: [{ label: 'Liste Plantée', done: false }] } })
    const { text } = await folder(id)
    expect(text).toContain('lead_collaborator_id')
    for (const words of planted) expect(text.includes(words.normalize('NFC')), words).toBe(false)
    // What was planted is there to be found in the other's own folder.
    const theirs = await folder(other)
    expect(theirs.text).toContain('Ignace Planté')
    expect(theirs.text).toContain('contrat-planté.pdf')
    expect(theirs.text).not.toContain('06 39 98 77 77')
  })

  it('says what the asker could not read, and is in the log with its hash', async () => {
    const planner = world.personas.find((one) => one.name === 'planner of A')
    if (!planner) throw new Error('planner of A')
    const part = await folder(world.stranger, {}, planner.session)
    expect(Number(part.made['elsewhere'])).toBeGreaterThan(0)
    expect(part.text).toMatch(/not complete|pas complète/)
    const viewer = world.personas.find((one) => one.role === 'viewer')
    expect(await app.refused('collaborator.export_data', { collaborator_id: world.stranger }, viewer?.session)).toBe('auth.forbidden')
    const noted = ((await app.ask('audit.list', { limit: 50 }))['items'] as Line[]).filter((one) => one['action'] === 'export.person')
    expect(JSON.stringify(noted)).toContain(String(part.made['sha256']))
  })
})
