/** Numbers and identity papers of people through a real host: who sees them, what the log says, that no file holds them, and the key kept on paper. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { png } from '../../fixtures/png.ts'
import { typedOf } from '../../fixtures/contracted.ts'
import { textOf } from '../../unit/documents/poppler.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'

const NIR = '185012A00400117'
const IBAN = 'FR1420041010050500013M02606'
const HOUR = 3_600_000
let app: TestHost
let person: string
let granted: string

beforeEach(async () => {
  app = await openTestHost({ clock: Date.parse('2026-11-02T09:00:00.000Z') })
  person = String((await app.ask('lea', 'collaborator.create', { kind: 'person', first_name: 'Paul', last_name: 'Le Goff', display_name: 'Paul Le Goff', birth_date: '1985-01-12' }))['id'])
})
afterEach(() => app.close())

async function grant(until_at: string | null = null): Promise<void> {
  const [me] = (await app.ask('lea', 'member.list'))['items'] as { id: string }[]
  granted = String((await app.ask('lea', 'permission.grant', { member_id: me?.id, permission: 'pii:read', reason: 'Paie de novembre', until_at }))['id'])
}
const everyFile = (): string[] => readdirSync(app.folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : []))
/** What a file holds, and what is in it when it is packed. */
const contents = (file: string): Buffer[] => (file.endsWith('.zip') ? Object.values(unzipSync(readFileSync(file))).map((part) => Buffer.from(part)) : [readFileSync(file)])
const holding = (text: string): string[] => everyFile().filter((file) => contents(file).some((part) => part.includes(text)))
function rowsIn(sql: string): unknown[] {
  const database = new Database(app.file, { readonly: true })
  try {
    return database.prepare(sql).pluck().all()
  } finally {
    database.close()
  }
}
const store = (kind: string, number: string, id?: string) => app.ask('lea', 'vault.store', { collaborator_id: person, kind, number }, { id })

describe('a number of a person', () => {
  it('is neither kept nor shown by any role: only by who was given it by name, until it ends or is taken back', async () => {
    const asked = { collaborator_id: person, kind: 'nir', number: NIR }
    expect(await app.code('lea', 'vault.store', asked)).toBe('auth.forbidden')
    expect(await app.code('lea', 'vault.read', { collaborator_id: person })).toBe('auth.forbidden')
    await grant('2026-11-02T11:00:00.000Z')
    expect(await app.code('lea', 'vault.store', asked)).toBe('done')
    app.pass(3 * HOUR)
    expect(await app.code('lea', 'vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Paie' })).toBe('auth.forbidden')
    await grant()
    expect(await app.code('lea', 'vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Paie' })).toBe('done')
    await app.ask('lea', 'permission.revoke', { id: granted })
    expect(await app.code('lea', 'vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Paie' })).toBe('auth.forbidden')
  })

  it('is masked; whole for a reason, which is in the log with who asked', async () => {
    await grant()
    expect(await store('nir', '1 85 01 2A 004 001 17')).toMatchObject({ masked: '1 85 •• •• ••• ••• ••', warnings: [] })
    expect(await store('iban', IBAN)).toMatchObject({ masked: expect.stringMatching(/^FR14 ••••.* 606$/) as unknown })
    const read = await app.ask('lea', 'vault.read', { collaborator_id: person })
    expect(JSON.stringify(read)).not.toContain('00400117')
    expect(await app.code('lea', 'vault.reveal', { collaborator_id: person, kind: 'nir', reason: ' ' })).toBe('validation.invalid')
    expect(await app.ask('lea', 'vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Déclaration préalable' })).toEqual({ kind: 'nir', number: '1 85 01 2A 004 001 17' })
    const log = (await app.ask('lea', 'audit.list', { filter: { action: 'security.number.revealed' } }))['items'] as Record<string, unknown>[]
    expect(log).toHaveLength(1)
    expect(JSON.stringify(log)).toContain('Déclaration préalable')
    expect(JSON.stringify(log)).toContain(person)
  })

  it('mistyped is refused with what is wrong, never with the number; what contradicts the birth date is a warning', async () => {
    await grant()
    const refusal = await app.refusal('lea', 'vault.store', { collaborator_id: person, kind: 'nir', number: '185012A00400118' })
    expect(refusal).toMatchObject({ code: 'vault.number' })
    expect(JSON.stringify(refusal)).not.toContain('00400118')
    const other = await store('nir', '1 86 01 2A 004 001 45'.replace('45', String(97 - (Number('1860119004001') % 97)).padStart(2, '0')))
    expect(other['warnings']).toMatchObject([{ issue: 'nir.birth_year' }])
  })

  it('is stored once however often the call comes, and another in its place changes the row', async () => {
    await grant()
    await store('nir', NIR, 'call-1')
    await store('nir', NIR, 'call-1')
    expect(await app.code('lea', 'vault.store', { collaborator_id: person, kind: 'nir', number: '2061275111005 64' }, { id: 'call-1' })).toBe('idempotency.payload_mismatch')
    await store('nir', '2061275111005 64', 'call-2')
    expect((await app.ask('lea', 'vault.read', { collaborator_id: person }))['items']).toMatchObject([{ kind: 'nir', masked: '2 06 •• •• ••• ••• ••' }])
  })

  it('is in no file in clear: rows, log, copies, exports, journal; its key is with the secrets of the device only', async () => {
    await grant()
    await store('nir', NIR)
    await store('iban', IBAN)
    await app.ask('lea', 'vault.reveal', { collaborator_id: person, kind: 'iban', reason: 'Virement' })
    await app.ask('lea', 'backup.create')
    await app.ask('lea', 'export.full')
    await app.reopen()
    await app.signIn('lea', 'lea')
    for (const said of [NIR, IBAN, '00400117', '00400', '0500013M026']) expect(holding(said), said).toEqual([])
    expect(holding(person).some((file) => file.endsWith('.zip'))).toBe(true)
  })

  it('without its key is still there, and says so', async () => {
    await grant()
    await store('nir', NIR)
    await app.reopen(() => rmSync(join(app.folder, 'secrets.json')))
    await app.signIn('lea', 'lea')
    expect(await app.code('lea', 'vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Paie' }, { org: app.org })).toBe('vault.no_key')
    expect((await app.ask('lea', 'vault.read', { collaborator_id: person }, { org: app.org }))['items']).toMatchObject([{ kind: 'nir', masked: null, readable: false }])
  })
})

/** A paper with marks that must be nowhere: in its pages, in its name. */
const MARK = 'TITRE-DE-SEJOUR-9903047812'
const NAME = 'carte-de-Paul-Le-Goff.png'
const pages = (): Buffer => Buffer.concat([Buffer.from(png(40, 30)), Buffer.from(MARK)])
const storePaper = (more: Record<string, unknown> = {}, id?: string) =>
  app.ask('lea', 'vault.store_paper', { collaborator_id: person, kind: 'residence_permit', expires_on: '2027-01-31', name: NAME, content_base64: pages().toString('base64'), ...more }, { id })
const papers = async (): Promise<Record<string, unknown>[]> => (await app.ask('lea', 'vault.list_papers', { collaborator_id: person }))['items'] as Record<string, unknown>[]

describe('an identity paper', () => {
  it('is kept and shown to who was given that by name, for a reason that is in the log first', async () => {
    const given = { collaborator_id: person, kind: 'passport', expires_on: null, name: NAME, content_base64: pages().toString('base64') }
    expect(await app.code('lea', 'vault.store_paper', given)).toBe('auth.forbidden')
    expect(await app.code('lea', 'vault.list_papers', { collaborator_id: person })).toBe('auth.forbidden')
    expect(holding(MARK)).toEqual([])
    await grant()
    const { id } = await storePaper()
    expect(await papers()).toMatchObject([{ id, kind: 'residence_permit', expires_on: '2027-01-31' }])
    expect(JSON.stringify(await papers())).not.toContain(NAME)
    expect(await app.code('lea', 'vault.show_paper', { collaborator_id: person, id, reason: ' ' })).toBe('validation.invalid')
    const shown = await app.ask('lea', 'vault.show_paper', { collaborator_id: person, id, reason: 'Contrôle avant embauche' })
    expect(shown).toMatchObject({ kind: 'residence_permit', name: NAME, type: 'image/png' })
    expect(Buffer.from(String(shown['content_base64']), 'base64').equals(pages())).toBe(true)
    const log = JSON.stringify(await app.ask('lea', 'audit.list', { filter: { action: 'security.paper.shown' } }))
    for (const said of ['Contrôle avant embauche', person, String(id)]) expect(log).toContain(said)
    await app.ask('lea', 'permission.revoke', { id: granted })
    expect(await app.code('lea', 'vault.show_paper', { collaborator_id: person, id, reason: 'Paie' })).toBe('auth.forbidden')
  })

  it('is what its bytes say, whatever it is called; too large or of another form it is refused, and nothing is written', async () => {
    await grant()
    const refused = async (bytes: Buffer) => app.refusal('lea', 'vault.store_paper', { collaborator_id: person, kind: 'passport', expires_on: null, name: 'passeport.pdf', content_base64: bytes.toString('base64') })
    expect(await refused(Buffer.from('<html>passeport</html>'))).toMatchObject({ code: 'vault.paper', not_shown: null })
    expect(await refused(Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(8 * 1024 * 1024)]))).toMatchObject({ code: 'vault.paper', too_large: String(8 * 1024 * 1024 + 8) })
    expect(await papers()).toEqual([])
    await storePaper({ name: 'en-fait.pdf' })
    expect(await app.ask('lea', 'vault.show_paper', { collaborator_id: person, id: (await papers())[0]?.['id'], reason: 'Paie' })).toMatchObject({ type: 'image/png' })
  })

  it('is stored once however often the call comes', async () => {
    await grant()
    const first = await storePaper({}, 'call-1')
    expect(await storePaper({}, 'call-1')).toEqual(first)
    expect(await papers()).toHaveLength(1)
  })

  it('is in no file in clear, by its pages, its name or its day in what is logged: rows, files, copies, exports, journal', async () => {
    await grant()
    const { id } = await storePaper()
    await app.ask('lea', 'vault.show_paper', { collaborator_id: person, id, reason: 'Contrôle' })
    await app.ask('lea', 'backup.create')
    await app.ask('lea', 'export.full')
    await app.reopen()
    await app.signIn('lea', 'lea')
    const whole = pages()
    for (const said of [MARK, NAME, whole.subarray(8, 40).toString('latin1'), whole.toString('base64').slice(0, 80)]) expect(everyFile().filter((file) => contents(file).some((part) => part.includes(Buffer.from(said, 'latin1')))), said).toEqual([])
    expect(everyFile().some((file) => contents(file).some((part) => part.includes(String(id))))).toBe(true)
    expect(Buffer.from(String((await app.ask('lea', 'vault.show_paper', { collaborator_id: person, id, reason: 'Contrôle' }, { org: app.org }))['content_base64']), 'base64').equals(whole)).toBe(true)
  })

  it('taken away, or of a person who is erased, names its file no more', async () => {
    await grant()
    const { id } = await storePaper()
    const [{ sha256 } = {}] = await papers()
    expect(await app.code('lea', 'vault.remove_paper', { collaborator_id: person, id })).toBe('done')
    expect(await papers()).toEqual([])
    expect(await app.code('lea', 'vault.show_paper', { collaborator_id: person, id, reason: 'Paie' })).toBe('record.not_found')
    const named = (): unknown[] => rowsIn('SELECT sha256 FROM identity_paper WHERE sha256 IS NOT NULL')
    expect([typeof sha256, named()]).toEqual(['string', []])
    await storePaper()
    expect(named()).toHaveLength(1)
    await app.ask('lea', 'collaborator.erase', { id: person, reason: 'Demande de la personne' })
    expect([named(), rowsIn('SELECT expires_on FROM identity_paper WHERE expires_on IS NOT NULL AND deleted_at IS NOT NULL AND sha256 IS NOT NULL')]).toEqual([[], []])
  })
})

describe('the key on paper', () => {
  const print = async (): Promise<string> => String((await app.ask('lea', 'vault.print_key', { password: PASSWORD }, { org: app.org }))['key'])
  const enter = (key: string) => app.refusal('lea', 'vault.enter_key', { key }, { org: app.org })
  const state = () => app.ask('lea', 'vault.key_state', {}, { org: app.org })

  it('is printed with the password for who holds the right, and the log says so, without the key', async () => {
    expect(await app.code('lea', 'vault.print_key', { password: PASSWORD })).toBe('auth.forbidden')
    expect(await app.code('lea', 'vault.key_state')).toBe('auth.forbidden')
    await grant()
    expect(await app.code('lea', 'vault.print_key', { password: 'not the password' })).toBe('auth.failed')
    const key = await print()
    expect(key).toMatch(/^(?:[2-9A-Z]{5}-){11}[2-9A-Z]{5}$/)
    const log = JSON.stringify(await app.ask('lea', 'audit.list', { filter: { action: 'security.vault_key.printed' } }))
    expect(log).toContain('security.vault_key.printed')
    expect([log.includes(key.slice(0, 11)), holding(key.slice(0, 23))]).toEqual([false, []])
  })

  it('opens, on another computer, the numbers and papers of a backup that was put back; another key is told and kept nowhere', async () => {
    await grant()
    await store('nir', NIR)
    const { id } = await storePaper()
    const key = await print()
    expect(await state()).toEqual({ at_server: false, held: true, needed: false })
    const other = await openTestHost()
    const [them] = (await other.ask('lea', 'member.list'))['items'] as { id: string }[]
    await other.ask('lea', 'permission.grant', { member_id: them?.id, permission: 'pii:read', reason: 'Paie', until_at: null })
    const foreign = String((await other.ask('lea', 'vault.print_key', { password: PASSWORD }))['key'])
    await other.close()
    await app.reopen(() => rmSync(join(app.folder, 'secrets.json')))
    await app.signIn('lea', 'lea')
    expect(await state()).toEqual({ at_server: false, held: false, needed: true })
    expect(await app.code('lea', 'vault.show_paper', { collaborator_id: person, id, reason: 'Paie' }, { org: app.org })).toBe('vault.no_key')
    for (const typed of [key.slice(0, -1), `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, 'K7QM2']) expect(await enter(typed)).toEqual({ code: 'vault.key', mistyped: null })
    expect(await enter(foreign)).toEqual({ code: 'vault.key', other_key: null })
    expect(await state()).toMatchObject({ held: false, needed: true })
    // As somebody types it.
    expect(await app.code('lea', 'vault.enter_key', { key: key.toLowerCase().replaceAll('-', ' ') }, { org: app.org })).toBe('done')
    expect(await state()).toEqual({ at_server: false, held: true, needed: false })
    expect(await app.ask('lea', 'vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Paie' }, { org: app.org })).toMatchObject({ number: '1 85 01 2A 004 001 17' })
    expect(await app.code('lea', 'vault.show_paper', { collaborator_id: person, id, reason: 'Paie' }, { org: app.org })).toBe('done')
    expect(JSON.stringify(await app.ask('lea', 'audit.list', { filter: { action: 'security.vault_key.entered' } }, { org: app.org }))).toContain('security.vault_key.entered')
  })
})

const ask = (name: string, input: unknown) => app.ask('lea', name, input)
const make = async (name: string, input: unknown): Promise<string> => String((await ask(name, input))['id'])
/** A contract of Paul, sent; answers its version. */
async function sent(): Promise<string> {
  const { version } = (await ask('organization.get', {}))['organization'] as { version: number }
  await ask('organization.update', { id: app.org, version, changes: { legal_name: 'Compagnie du Phare', legal_form: 'association loi 1901', address: '1 quai des Cordiers, 17000 La Rochelle', siren: '303265045', siret: '30326504500003', ape: '90.01Z', licences: ['PLATESV-R-2024-000123'], idcc: '1285' } })
  const body = { name: 'Caisse du Spectacle', address: '7 rue des Mâts, 75009 Paris' }
  await ask('contract_setting.save', { version: null, signatory_name: 'Léa Martin', signatory_capacity: 'présidente', agreement_title: 'Entreprises artistiques et culturelles', licence_categories: { 'PLATESV-R-2024-000123': 2 }, pension: body, welfare: body, leave_fund: body, pay_periodicity: 'end_of_engagement', overtime: 'Majorées de 25 %.' })
  await ask('collaborator.update', { id: person, version: 1, changes: { address: '4 rue du Minage, 17000 La Rochelle', first_name: 'Paul', last_name: 'Le Goff' } })
  const project_id = await make('project.create', { code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-11-01T00:00:00.000Z', end_at: '2026-12-30T00:00:00.000Z', document_language: 'fr' })
  const location_id = await make('location.create', { name: 'Halle du Port', zone: 'Europe/Paris', address: '3 cours des Dames, 17000 La Rochelle' })
  const mission_id = await make('mission.create', { project_id, title: 'Montage', location_id, start_at: '2026-11-24T08:00:00.000Z', end_at: '2026-11-24T18:00:00.000Z' })
  const crew_role_id = await make('crew_role.create', { name: 'Régie lumière' })
  const { ids } = await ask('assignment.create', { mission_id, people: [{ collaborator_id: person, crew_role_id, engagement_kind: 'cddu_technician', rate_basis: 'daily', rate_minor: 25_077, rate_currency: 'EUR' }] })
  const [id = ''] = ids as string[]
  await ask('assignment.accept_by_voice', { id, source: 'hand', reason: 'au téléphone' })
  const made = await ask('contract.generate', { assignment_ids: [id] })
  const [{ version: read } = { version: 1 }] = (rowsIn(`SELECT version FROM contract_version WHERE id = '${String(made['version_id'])}'`) as number[]).map((one) => ({ version: one }))
  await ask('contract.update', { id: made['version_id'], version: read, changes: typedOf.cddu })
  for (const step of ['submit', 'approve', 'send']) await ask(`contract.${step}`, { id: made['version_id'] })
  return String(made['version_id'])
}

describe('the number on a contract', () => {
  const pdfText = (value: Record<string, unknown>): string => textOf(Buffer.from(String(value['base64']), 'base64')).replaceAll(/\s/gu, '')

  it('is on the copy of who was given it, whole or its last four digits, for a reason in the log; what is kept of the contract holds none', async () => {
    const id = await sent()
    expect(await app.code('lea', 'vault.print_contract', { id, whole: true, reason: 'Contrat remis' })).toBe('auth.forbidden')
    await grant()
    expect(await app.code('lea', 'vault.print_contract', { id, whole: true, reason: 'Contrat remis' })).toBe('record.not_found')
    await store('nir', NIR)
    const [whole, tail, plain] = [await ask('vault.print_contract', { id, whole: true, reason: 'Contrat remis' }), await ask('vault.print_contract', { id, whole: false, reason: 'Copie partagée' }), await ask('contract.pdf', { id })]
    const [wholeText, tailText, plainText] = [pdfText(whole), pdfText(tail), pdfText(plain)]
    expect([wholeText.includes('185012A00400117'), tailText.includes('185012A'), /••0117/.test(tailText), plainText.includes('0400117'), plainText.includes('••')]).toEqual([true, false, true, false, false])
    expect(whole['content_hash']).toBe(plain['content_hash'])
    const log = JSON.stringify(await ask('audit.list', { filter: { action: 'security.number.printed' } }))
    for (const said of ['Contrat remis', 'Copie partagée', person, id]) expect(log).toContain(said)
    await ask('backup.create', {})
    for (const said of [NIR, '00400117', '1 85 01 2A 004 001 17']) expect(holding(said), said).toEqual([])
  }, 60_000)
})

describe('a file kept with a contract', () => {
  it('is given back as it was brought, to who may see the contract only, each time in the log', async () => {
    const version_id = await sent()
    const bytes = Buffer.from('%PDF-1.7 signé des deux côtés')
    const { sha256, size } = await app.host().putBlob('lea', bytes)
    const { id } = await ask('contract.attach_signed', { id: version_id, name: 'signé.pdf', type: 'application/pdf', size, sha256 })
    const read = await ask('contract.read_file', { id })
    expect(read).toMatchObject({ name: 'signé.pdf', type: 'application/pdf', size, next_offset: null })
    expect(Buffer.from(String(read['content_base64']), 'base64').equals(bytes)).toBe(true)
    expect(await app.code('lea', 'contract.read_file', { id: version_id })).toBe('contract_document.not_found')
    expect((await ask('audit.list', { filter: { action: 'export.contract_file' } }))['items']).toHaveLength(1)
    await app.addUser('ola')
    await app.signIn('ola', 'ola')
    expect(await app.code('ola', 'contract.read_file', { id }, { org: app.org })).toBe('organization.not_found')
  }, 60_000)
})
