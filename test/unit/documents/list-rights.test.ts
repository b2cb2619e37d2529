/** What a person may not see is neither printed nor counted, in any document, by any role. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { listDocuments } from '../../../shared/core/list-documents.ts'
import { documentFormats, documentNames, type DocumentName } from '../../../shared/domain/documents/operations.ts'
import { openListWorld, type ListWorld } from './list-world.ts'
import { textOf } from './poppler.ts'

let world: ListWorld
let sessions: Record<string, Session>
const SECRET_MAIL = 'secret-courriel@example.org'
const SECRET_NAME = 'Ombeline Cachée'
const SECRET_MISSION = 'Mission jamais dite'

beforeAll(async () => {
  world = await openListWorld()
  const { app } = world
  // Somebody whose contact is reserved, on the show; and a mission of the other project with a person nobody else shares.
  const onShow = await app.ask('collaborator.create', { display_name: 'Rosalie Témoin', phone: '06 39 98 77 77', email: SECRET_MAIL, address: '3 rue Tue' })
  const roles = (await app.ask('crew_role.list', { limit: 200 }))['items'] as { id: string; is_head: boolean }[]
  const plain = roles.find((role) => !role.is_head)?.id
  await app.ask('assignment.create', { mission_id: world.show, people: [{ collaborator_id: onShow['id'], crew_role_id: plain, rate_basis: 'daily', rate_minor: 123_457, rate_currency: 'EUR' }] })
  const hidden = await app.ask('collaborator.create', { display_name: SECRET_NAME })
  const mission = await app.ask('mission.create', { project_id: world.other, title: SECRET_MISSION, start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T10:00:00.000Z' })
  await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: hidden['id'] }] })
  const [{ version } = { version: 1 }] = (await app.file.readEngine.all('SELECT version FROM organization', [])) as { version?: unknown }[]
  
  await app.ask('organization.update', { id: app.org, version: Number(version), changes: { planners_read_rates: false } })
  sessions = {
    viewer: await world.member('viewer'), member: await world.member('member', { collaborator: world.person }), planner: await world.member('planner'), compliance: await world.member('compliance', { everywhere: true }),
  }
}, 120_000)
afterAll(() => world.app.close())

/** The text of a document in every format, or null when it is refused. */
async function told(document: DocumentName, session: Session, more: Record<string, unknown>): Promise<string | null> {
  const ids = world.ids(document)
  const parts: string[] = []
  for (const format of listDocuments[document].formats ?? documentFormats) {
    const answer = await world.app.core.execute({ name: 'document.make', input: { document, format, ...(ids ? { ids } : {}), ...more } }, session)
    if ('error' in answer) {
      expect(answer.error.code, `${document} ${answer.error.message}`).toMatch(/^(auth\.forbidden|validation\.reference|[a-z_]+\.not_found)$/)
      return null
    }
    const value = answer.value as { base64: string }
    const bytes = new Uint8Array(Buffer.from(value.base64, 'base64'))
    parts.push(format === 'pdf' ? textOf(bytes) : format === 'csv' ? new TextDecoder().decode(bytes) : await sheetText(bytes))
  }
  return parts.join('\n')
}
async function sheetText(bytes: Uint8Array): Promise<string> {
  const { read, utils } = await import('@e965/xlsx')
  const book = read(bytes, { type: 'array' })
  return book.SheetNames.map((name) => utils.sheet_to_csv(book.Sheets[name] ?? {})).join('\n')
}

// Names of records stand in the log for whoever reads it: compliance finds them there.
const secrets: Record<string, readonly string[]> = {
  viewer: [SECRET_MAIL, '77 77', 'rue Tue', '1 234', '1234', SECRET_NAME, SECRET_MISSION],
  member: [SECRET_MAIL, '77 77', 'rue Tue', '1234,57', SECRET_NAME, SECRET_MISSION],
  planner: ['1234.57', '1234,57', '1 234,57', SECRET_MISSION],
  compliance: [SECRET_MAIL, '77 77', 'rue Tue', '1234.57', '1234,57', '123457'],
}

describe.each(['viewer', 'member', 'planner', 'compliance'])('a %s', (role) => {
  it.each(documentNames)('finds nothing in %s that the pages hide', async (document) => {
    const session = sessions[role]
    if (!session) throw new Error(role)
    for (const more of [{ project_id: world.project }, {}]) {
      const text = await told(document, session, more)
      if (text === null) continue
      for (const secret of secrets[role] ?? []) expect(text.replace(/[\u00a0\u202f]/g, ' ').includes(secret), `${role} ${document}: ${secret}`).toBe(false)
    }
  })
})

describe('rights', () => {
  it('the owner does find what others do not, so that the test above can fail', async () => {
    const { owner } = world.app
    expect(await told('crew_list', owner, { project_id: world.project })).toContain(SECRET_MAIL)
    expect(await told('assignment_list', owner, { project_id: world.project })).toContain('1234,57')
    expect(await told('mission_list', owner, {})).toContain(SECRET_MISSION)
    expect(await told('address_list', owner, {})).toContain(SECRET_NAME)
  })

  it('offers only documents that the person may make', async () => {
    const offered = async (role: string, input: object) => ((await world.app.ask('document.list', input, sessions[role]))['items'] as { document: string }[]).map((one) => one.document)
    expect(await offered('viewer', { project_id: world.project })).not.toContain('address_list')
    expect(await offered('viewer', { project_id: world.project })).not.toContain('audit_extract')
    expect(await offered('viewer', { project_id: world.project })).toContain('crew_list')
    expect(await offered('compliance', {})).toContain('audit_extract')
    expect(await offered('compliance', {})).not.toContain('mission_list')
    expect(await offered('planner', { project_id: world.project })).toContain('address_list')
  })

  it('prints to a viewer the telephones that a sheet prints: heads who did not refuse, others who agreed', async () => {
    const before = await told('crew_list', sessions['viewer'] ?? world.app.owner, { project_id: world.project })
    const people = (await world.app.ask('collaborator.list', { search: 'Rosalie' }))['items'] as { id: string }[]
    expect(before?.replace(/\u00a0/g, ' ')).not.toContain('06 39 98 77 77')
    await world.app.ask('consent.record', { collaborator_id: people[0]?.id, purpose: 'phone_on_sheets', answer: 'given', answered_on: '2026-10-01', source: 'oral' })
    const after = await told('crew_list', sessions['viewer'] ?? world.app.owner, { project_id: world.project })
    expect(after?.replace(/\u00a0/g, ' ')).toContain('06 39 98 77 77')
    expect(after).not.toContain(SECRET_MAIL)
  })

  it('prints on no crew list or contact sheet a telephone that was refused, whoever prints it', async () => {
    const heads = ((await world.app.ask('collaborator.list', { search: 'Karim' }))['items'] as { id: string; phone: string }[])[0]
    const phones = async (document: 'crew_list' | 'contact_sheet'): Promise<boolean> => {
      const made = await world.make(document, { format: 'csv' })
      return new TextDecoder().decode(made.bytes).replace(/\u00a0/g, ' ').includes(String(heads?.phone))
    }
    expect(heads?.phone).toMatch(/^06 39 98/)
    expect([await phones('crew_list'), await phones('contact_sheet')]).toEqual([true, true])
    await world.app.ask('consent.record', { collaborator_id: heads?.id, purpose: 'phone_on_sheets', answer: 'refused', answered_on: '2026-10-01', source: 'oral' })
    expect([await phones('crew_list'), await phones('contact_sheet')]).toEqual([false, false])
    const directory = await world.make('address_list', { format: 'csv' })
    expect(new TextDecoder().decode(directory.bytes)).toContain('Karim')
  })

  it('a member prints their own missions only', async () => {
    const own = await world.make('mission_list', { format: 'csv' }, sessions['member'])
    const all = await world.make('mission_list', { format: 'csv' })
    expect(own.rows).toBeGreaterThan(0)
    expect(own.rows).toBeLessThan(all.rows)
  })
})
