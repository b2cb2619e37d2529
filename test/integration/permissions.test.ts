/**
 * Every operation, called with a well-formed input by a person in every role, in the project of their role, in another one, and on
 * their own records: allowed or refused exactly as docs/permissions.md says. The page is the oracle; the code's own matrix is not read.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import type { OrganizationCore } from '../../shared/core/organization-core.ts'
import type { AnyOperation } from '../../shared/domain/operation.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { inputFor } from '../fixtures/inputs.ts'
import { readPermissionPage } from '../fixtures/permission-page.ts'
import { rehearse } from '../fixtures/rehearsal.ts'
import { buildWorld, type Persona, type World } from '../fixtures/world.ts'

const page = readPermissionPage()
let app: TestOrganization
let world: World
let core: OrganizationCore
const unexpected: unknown[] = []

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'permissions' })
  world = await buildWorld(app)
  core = rehearse(app, (error) => unexpected.push(error))
})
afterAll(() => app.close())

/** Where a call is aimed. */
type Aim = 'A' | 'B' | 'own'

function poolFor(aim: Aim, persona: Persona) {
  const of = aim === 'B' ? world.b : world.a
  const own: Record<string, string> = { collaborator: persona.collaborator, assignment: persona.assignment, availability: persona.availability, availability_request: persona.request, member: persona.member }
  return (entity: string): readonly string[] => {
    if (aim === 'own' && own[entity]) return [own[entity]]
    if (entity === 'project') return [of.project]
    if (entity === 'mission') return of.missions.slice(0, 1)
    if (entity === 'location') return [of.location]
    if (entity === 'collaborator') return [world.stranger]
    return of.rows.has(entity) ? [of.rows.get(entity) ?? ''] : (world.ids.get(entity) ?? []).slice(0, 1)
  }
}

const organizationRecords = new Set(['organization', 'member', 'department', 'crew_role', 'skill', 'certification_kind', 'rate_card', 'flag', 'party', 'collaborator', 'certification', 'availability', 'availability_request', 'location', 'role_binding', 'permission_grant', 'invitation', 'contract_template'])
/** Records a person owns, by the entity aimed at. */
const owned = new Set(['collaborator', 'assignment', 'availability', 'availability_request', 'member'])

function cell(persona: Persona, permission: string): string {
  const written = page.matrix.get(permission)?.get(persona.role) ?? ''
  return written === 'org' && persona.project !== null ? '' : written
}

/** What the page says of one call: held nowhere, not to be seen, refused, or allowed. */
function verdict(persona: Persona, operation: AnyOperation, aim: Aim): 'nowhere' | 'unseen' | 'refused' | 'allowed' {
  const permission = page.operations.get(operation.name) ?? ''
  const held = cell(persona, permission)
  if (held === '') return 'nowhere'
  const everywhere = held !== 'own' && persona.project === null
  const inA = held !== 'own'
  const { target } = operation
  const entity = target.kind === 'rows' ? target.entity : target.kind === 'person' ? 'collaborator' : target.kind === 'project' ? 'project' : null
  if (target.kind === 'organization') return everywhere || page.shared.has(permission) ? 'allowed' : 'refused'
  if (entity === null) return 'allowed'
  const own = aim === 'own' && owned.has(entity)
  const ofOrganization = organizationRecords.has(entity)
  if (!sees(persona, entity, aim, own)) return 'unseen'
  if (everywhere) return 'allowed'
  if (held === 'own' && page.whole.has(operation.name)) return 'refused'
  if (held === 'own') return own || permission === 'project:read' ? 'allowed' : 'refused'
  if (ofOrganization) return page.shared.has(permission) ? 'allowed' : 'refused'
  return inA && aim !== 'B' ? 'allowed' : 'refused'
}

/** The row "read the project", and the law on what those who do not plan see of people and places. */
function sees(persona: Persona, entity: string, aim: Aim, own: boolean): boolean {
  const read = cell(persona, 'project:read')
  const plans = cell(persona, 'collaborator:write') !== ''
  const personal = ['certification', 'availability', 'availability_request'].includes(entity)
  if (personal) return plans || own
  // Drawn up by who plans and reads fees; the world's are nobody's own.
  if (['contract', 'contract_version', 'contract_request'].includes(entity)) return cell(persona, 'contract:draft') !== '' && (persona.project === null || aim !== 'B')
  // Each is its reader's alone, and the world has none.
  if (['notification', 'readiness_request', 'expected_document', 'document_version', 'contract_document'].includes(entity)) return false
  if (entity === 'collaborator') return plans || own || read !== ''
  if (entity === 'location') return plans || (read === 'yes' && persona.project === null) || (read !== '' && aim !== 'B')
  if (organizationRecords.has(entity)) return true
  if (read === '') return false
  return (persona.project === null && read !== 'own') || aim !== 'B'
}

const refusedAs = (code: string): 'unseen' | 'refused' | null =>
  code === 'auth.forbidden' ? 'refused' : code.endsWith('.not_found') ? 'unseen' : null

describe('every operation, by every role, in every place', () => {
  it.each(organizationOperations.map(({ operation }) => [operation.name, operation] as const))('%s is allowed or refused as the page says', async (name, operation) => {
    const wrong: string[] = []
    if (name === 'organization.create') return
    for (const persona of world.personas)
      for (const aim of ['A', 'B', 'own'] as const) {
        const input = inputFor(operation, poolFor(aim, persona), drawFrom(7), { fullness: 0 })
        if (input['project_id'] === null) input['project_id'] = aim === 'B' ? world.b.project : world.a.project
        const answer = await core.execute({ name, input, id: `${persona.name} ${aim} ${name}` }, persona.session)
        const code = isError(answer) ? answer.error.code : ''
        if (code.startsWith('validation.invalid') || code.startsWith('server.')) wrong.push(`${persona.name} ${aim}: ${code} ${isError(answer) ? JSON.stringify(answer.error.details) : ''} ${JSON.stringify(input)}`)
        const expected = special[name]?.(persona, aim) ?? verdict(persona, operation, aim)
        const found = refusedAs(code) ?? 'allowed'
        const matches = expected === found || (expected === 'nowhere' && found === 'refused')
        if (!matches) wrong.push(`${persona.name} on ${aim}: page says ${expected}, answered ${code || 'done'}`)
      }
    expect(wrong).toEqual([])
    expect(unexpected).toEqual([])
  })
})

/** Operations whose place is in the input and not in a record: what the page adds in words. */
const special: Readonly<Record<string, (persona: Persona, aim: Aim) => ReturnType<typeof verdict>>> = {
  // The input names a question about another assignment.
  ...Object.fromEntries(['accept', 'decline', 'accept_for', 'decline_for'].map((verb) => [`assignment.${verb}`, (persona: Persona, aim: Aim) => {
    const said = verdict(persona, operationNamed(`assignment.${verb}`), aim)
    return said === 'allowed' ? 'unseen' as const : said
  }])),
  ...Object.fromEntries(['engagement.timeline', 'paperwork.list'].map((name) => [name, (persona: Persona, aim: Aim) => {
    const said = verdict(persona, operationNamed(name), aim)
    return said === 'allowed' && !sees(persona, 'mission', aim, false) ? 'unseen' as const : said
  }])),
  'role.grant': inItsProject, 'role.revoke': inItsProject, 'member.set_role': inItsProject, 'attachment.add': attaching,
  'sheet.get': readingDraft, 'sheet.compare': readingDraft, 'sheet.preview': readingDraft, 'sheet.pdf': readingDraft, 'sheet.csv': readingDraft, 'sheet.recipients': readingDraft, 'sheet.summary': readingDraft, 'sheet.personal_pdf': readingDraft, 'sheet.confirm_read': readingDraft,
  // The input names a conflict or a command that nobody has.
  'conflict.acknowledge': (persona) => (cell(persona, 'conflict:acknowledge') === '' ? 'nowhere' : 'unseen'),
  'conflict.override': (persona) => (cell(persona, 'conflict:override') === '' ? 'nowhere' : 'unseen'),
  // The document drawn is a list of the project's: reading it is asked on top.
  'document.make': (persona, aim) => (cell(persona, 'project:read') === '' ? 'refused' : verdict(persona, operationNamed('document.make'), aim)),
  'history.undo': () => 'unseen', 'history.undo_group': () => 'unseen',
  'sync.kept': () => 'unseen', 'sync.kept_preview': () => 'unseen', 'sync.decide': () => 'unseen', 'sync.resolve': () => 'unseen',
  // Scoped to a project that the person does not see, a block is not set.
  'availability.set': (persona, aim) => {
    const said = verdict(persona, operationNamed('availability.set'), aim)
    return said === 'allowed' && aim === 'B' && persona.project !== null ? 'unseen' : said
  },
  'availability.preview': (persona, aim) => {
    const said = verdict(persona, operationNamed('availability.preview'), aim)
    return said === 'allowed' && aim === 'B' && persona.project !== null ? 'unseen' : said
  },
  'availability.set_many': (persona, aim) => {
    const said = verdict(persona, operationNamed('availability.set_many'), aim)
    return said === 'allowed' && aim === 'B' && persona.project !== null ? 'unseen' : said
  },
  'availability.preview_many': (persona, aim) => {
    const said = verdict(persona, operationNamed('availability.preview_many'), aim)
    return said === 'allowed' && aim === 'B' && persona.project !== null ? 'unseen' : said
  },
  // A list of one project, named in its input.
  'collaborator.list_crew': (persona, aim) => (cell(persona, 'project:read') === '' ? 'nowhere' : aim === 'B' && (persona.project !== null || cell(persona, 'project:read') === 'own') ? 'unseen' : 'allowed'),
  'keeper.check': (persona) => (cell(persona, 'backup:run') === '' ? 'refused' : 'allowed'),
}

function operationNamed(name: string): AnyOperation {
  const found = organizationOperations.find(({ operation }) => operation.name === name)
  if (!found) throw new Error(`no operation ${name}`)
  return found.operation
}
/** The sheets of the world are drafts: readers see what is published only. */
function readingDraft(persona: Persona, aim: Aim): ReturnType<typeof verdict> {
  if (cell(persona, 'project:read') === '') return 'nowhere'
  return cell(persona, 'sheet:draft') !== '' && (persona.project === null || aim !== 'B') ? 'allowed' : 'unseen'
}
function inItsProject(persona: Persona, aim: Aim): ReturnType<typeof verdict> {
  return cell(persona, 'project:bind') === '' ? 'nowhere' : persona.project === null || aim !== 'B' ? 'allowed' : 'unseen'
}
function attaching(persona: Persona, aim: Aim): ReturnType<typeof verdict> {
  return cell(persona, 'attachment:add') === '' ? 'nowhere' : persona.project === null || aim !== 'B' ? 'allowed' : 'unseen'
}
