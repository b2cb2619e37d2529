/** Numbers of people through a real host: who sees them, what the log says, and that no file holds them. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

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
