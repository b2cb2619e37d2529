/** How contracts are made, written, signed, amended and ended. */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { handle, type Handler, type Operation, type Transaction, type Written } from '../operation.ts'
import { listHandler } from '../records.ts'
import { generate, generateOn, createFree } from './making.ts'
import { contract, contractAssignment, contractDocument, contractRequest, contractSetting, contractTemplate, contractVersion, typedFields } from './model.ts'
import { readObjectNumber } from './numbers.ts'
import * as operations from './operations.ts'
import { isEditable, type ContractKind } from './rules.ts'
import { frozenNow, move, nameInForce, openRequests, placeOf, sign, writtenOf, type Place, type Step } from './steps.ts'
import { parseTemplate, type Clause } from './template.ts'
import { contractTitles } from './templates/built-in.ts'

type StepOperation = Operation<string, { id: Id; reason?: string | undefined }, Written>

/** A step whose aim follows from where the version stands. */
const stepHandler = (operation: StepOperation, stepOf: (tx: Transaction, place: Place) => Step | Promise<Step>, after?: (tx: Transaction, place: Place) => Promise<void>): Handler =>
  handle(operation, async (tx, { id, reason }) => {
    const place = await placeOf(tx, id)
    const step = await stepOf(tx, place)
    const { state } = place.version
    if (state !== step.to && operation.possible && !operation.possible(place.version)) throw refuseFor('contract_version', 'transition_rejected', detail('state', 'transition', state, step.to))
    if (reason !== undefined) tx.reason(step.to)
    const row = await move(tx, place, { ...step, reason })
    await after?.(tx, place)
    return writtenOf(row)
  })

const endOf = (tx: Transaction): Partial<Step['changes']> => ({ ended_at: tx.call.now })
const inForceToo = (tx: Transaction, { of }: Place): Promise<void> => nameInForce(tx, of)

/** What a drafted version loses when it is taken back: it is another document next time. */
const unfrozen: Step['changes'] = { content: null, content_hash: null, house_signature: null, other_signature: null, sent_at: null, approved_at: null, approved_by: null }

const stepHandlers: readonly Handler[] = [
  stepHandler(operations.submitContract, async (tx, place) =>
    place.version.state === 'amendment_draft' || place.version.state === 'amendment_under_review'
      ? { to: 'amendment_under_review', changes: place.version.state === 'amendment_draft' ? { ...(await frozenNow(tx, place)), sent_at: tx.call.now } : {} }
      : { to: 'under_review' }),
  stepHandler(operations.approveContract, (tx) => ({ to: 'approved', changes: { approved_at: tx.call.now, approved_by: tx.call.actor } })),
  stepHandler(operations.rejectContract, () => ({ to: 'rejected' })),
  stepHandler(operations.reopenContract, (_, { version }) => ({ to: version.state === 'amendment_under_review' || version.state === 'amendment_draft' ? 'amendment_draft' : 'draft_preview', changes: unfrozen })),
  handle(operations.sendContract, async (tx, { id }) => {
    const place = await placeOf(tx, id)
    if (place.version.state !== 'approved') return writtenOf(await move(tx, place, { to: 'sent' }))
    const version = await tx.update(contractVersion, id, await frozenNow(tx, place))
    return writtenOf(await move(tx, { ...place, version }, { to: 'sent', changes: { sent_at: tx.call.now } }))
  }),
  stepHandler(operations.activateContract, (tx) => ({ to: 'active', changes: { activated_at: tx.call.now } }), inForceToo),
  stepHandler(operations.completeContract, (tx) => ({ to: 'completed', changes: { ...endOf(tx) } }), inForceToo),
  stepHandler(operations.suspendContract, () => ({ to: 'suspended' }), inForceToo),
  stepHandler(operations.resumeContract, () => ({ to: 'active' }), inForceToo),
  stepHandler(operations.terminateContract, (tx) => ({ to: 'terminated', changes: { ...endOf(tx) } }), inForceToo),
  stepHandler(operations.archiveContract, () => ({ to: 'archived' }), inForceToo),
  stepHandler(operations.dropAmendment, (tx) => ({ to: 'archived', changes: { ...endOf(tx) } })),
  handle(operations.signContract, async (tx, { id, side, name, signed_at }) =>
    writtenOf(await sign(tx, await placeOf(tx, id), { side, name, at: signed_at ?? tx.call.now, method: 'paper', image_sha256: null }))),
  handle(operations.signOnScreen, async (tx, { id, side, name, ...image }) => {
    const place = await placeOf(tx, id)
    const row = await sign(tx, place, { side, name, at: tx.call.now, method: 'screen', image_sha256: image.sha256 })
    await tx.insert(contractDocument, `signature:${side}`, { ...ownedBy(place), kind: 'signature', name: `signature-${side}`, ...image })
    return writtenOf(row)
  }),
  handle(operations.attachSigned, async (tx, { id, kind, ...file }) => {
    const place = await placeOf(tx, id)
    const [there] = await tx.find(contractDocument, { contract_version_id: id, kind: kind ?? 'signed_copy', sha256: file.sha256 })
    const row = there ?? (await tx.insert(contractDocument, 'row', { ...ownedBy(place), kind: kind ?? 'signed_copy', ...file }))
    return { ...writtenOf(row), sha256: row.sha256 }
  }),
]
const ownedBy = ({ of, version }: Place) => ({ project_id: of.project_id, contract_id: of.id, contract_version_id: version.id, collaborator_id: of.collaborator_id })

const copied = (former: Place['version']): Partial<Record<(typeof typedFields)[number], unknown>> => Object.fromEntries(typedFields.map((name) => [name, former[name]]))

/** A void that is granted ends what stands and frees the assignments, so that another contract can be made. */
async function voidContract(tx: Transaction, of: Place['of'], reason: string): Promise<void> {
  for (const version of await tx.find(contractVersion, { contract_id: of.id }, { sort: ['number'] })) {
    if (version.state === 'archived' || version.state === 'terminated' || version.state === 'completed') continue
    const running = version.state === 'active' || version.state === 'suspended'
    // An amendment under review goes back first: the table has no other way.
    const row = version.state === 'amendment_under_review' ? await move(tx, { of, version }, { to: 'amendment_draft', reason, changes: { content: null, content_hash: null } }) : version
    await move(tx, { of, version: row }, { to: running ? 'terminated' : 'archived', reason, changes: { ended_at: tx.call.now }, granted: 'void_granted' })
  }
  for (const link of await tx.find(contractAssignment, { contract_id: of.id }, { sort: ['id'] })) await tx.remove(contractAssignment, link.id)
  await nameInForce(tx, of)
}

const requestHandlers: readonly Handler[] = [
  handle(operations.amendContract, async (tx, { id }) => {
    const of = await tx.need(contract, id)
    const versions = await tx.find(contractVersion, { contract_id: id }, { sort: ['-number'] })
    const drafted = versions.find(({ state }) => state === 'amendment_draft' || state === 'amendment_under_review')
    if (drafted) throw refuse('contract.amended_already', detail('id', drafted.state, null, drafted.id))
    const former = versions.find((one) => one.id === of.active_version_id)
    if (former?.state !== 'active') throw refuse('contract.not_ready', detail('id', 'former_in_force', 'active', former?.state ?? null))
    const row = await tx.insert(contractVersion, 'version', {
      project_id: of.project_id, contract_id: id, collaborator_id: of.collaborator_id, number: (versions[0]?.number ?? 0) + 1, former_version_id: former.id, state: 'amendment_draft',
      built_in: former.built_in, ...(copied(former) as { language: typeof former.language }),
    })
    for (const one of await openRequests(tx, id, 'amendment')) await tx.update(contractRequest, one.id, { state: 'granted', settled_at: tx.call.now, settled_by: tx.call.actor })
    return { id, version: of.version, version_id: row.id, reference: of.reference }
  }),
  handle(operations.requestVoid, async (tx, { id, reason }) => {
    const of = await tx.need(contract, id)
    const [open] = await openRequests(tx, id, 'void')
    if (open) return writtenOf(open)
    const [version] = (await tx.find(contractVersion, { contract_id: id }, { sort: ['-number'] })).filter(({ state }) => state !== 'archived')
    if (!version) throw refuse('contract.not_ready', detail('id', 'archived', null, id))
    return writtenOf(await tx.insert(contractRequest, 'request', {
      project_id: of.project_id, contract_id: id, contract_version_id: version.id, collaborator_id: of.collaborator_id, kind: 'void', cause: 'asked', words: reason,
    }))
  }),
  handle(operations.settleRequest, async (tx, { id, outcome, reason }) => {
    const row = await tx.need(contractRequest, id)
    if (row.state === outcome) return writtenOf(row)
    const after = await tx.update(contractRequest, id, { state: outcome, settled_at: tx.call.now, settled_by: tx.call.actor, settled_words: reason })
    if (outcome === 'granted' && row.kind === 'void') await voidContract(tx, await tx.need(contract, row.contract_id), reason)
    return writtenOf(after)
  }),
]

/** A template is looked at whole before anything is made of it. */
function checkTemplate(kind: ContractKind, language: 'fr' | 'en', clauses: readonly Clause[]): void {
  const parsed = parseTemplate({ kind, language, title: contractTitles[language][kind], clauses })
  if (!parsed.ok) throw refuse('contract_template.variables', ...parsed.error.map(({ issue, clause, name }) => detail(clause, issue, null, name)))
}

const templateHandlers: readonly Handler[] = [
  handle(operations.createTemplate, async (tx, input) => {
    checkTemplate(input.kind, input.language, input.clauses)
    return writtenOf(await tx.insert(contractTemplate, 'row', input))
  }),
  handle(operations.updateTemplate, async (tx, { id, version, changes }) => {
    const row = await tx.need(contractTemplate, id)
    await tx.checkVersion(contractTemplate, row, version, Object.keys(changes))
    checkTemplate(row.kind, row.language, changes.clauses ?? row.clauses)
    if (row.used_at === null) return writtenOf(await tx.update(contractTemplate, id, changes))
    await tx.update(contractTemplate, id, { state: 'archived' })
    const { kind, language, name, clauses } = { ...row, ...defined(changes) }
    return writtenOf(await tx.insert(contractTemplate, 'row', { kind, language, name, clauses, family_id: row.family_id ?? row.id, number: row.number + 1 }))
  }),
  handle(operations.archiveTemplate, async (tx, { id }) => {
    await tx.need(contractTemplate, id)
    return writtenOf(await tx.update(contractTemplate, id, { state: 'archived' }))
  }),
  listHandler(operations.listTemplates, contractTemplate, { sort: ['name', '-number'] }),
  handle(operations.saveSettings, async (tx, { version, ...values }) => {
    const [row] = await tx.find(contractSetting, {})
    if (!row) return writtenOf(await tx.insert(contractSetting, 'row', values))
    await tx.checkVersion(contractSetting, row, version ?? 0, Object.keys(values))
    return writtenOf(await tx.update(contractSetting, row.id, values))
  }),
]
const defined = <T extends object>(values: T): Partial<T> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>

export const contractHandlers: readonly Handler[] = [
  handle(operations.generateContract, (tx, { assignment_ids, ...chosen }) => generate(tx, assignment_ids, chosen, 'one')),
  handle(operations.generateDueContract, (tx, { assignment_ids }) => generate(tx, assignment_ids, {}, 'one')),
  handle(operations.generateForMission, (tx, { mission_id, language }) => generateOn(tx, mission_id, language)),
  handle(operations.createContract, (tx, input) => createFree(tx, input)),
  handle(operations.updateContract, async (tx, { id, version, changes }) => {
    const row = await tx.need(contractVersion, id)
    if (!isEditable(row.state)) throw refuse('contract.frozen', detail('state', row.state))
    await tx.checkVersion(contractVersion, row, version, Object.keys(changes))
    return writtenOf(await tx.update(contractVersion, id, { ...changes, ...objectNumber(changes.object_number) }))
  }),
  ...stepHandlers, ...requestHandlers, ...templateHandlers,
]

/** In capitals, without spaces; only its form can be checked. */
function objectNumber(typed: string | null | undefined): { object_number?: string } {
  if (typed == null) return {}
  const read = readObjectNumber(typed)
  if (!read.ok) throw refuse('contract.object_number', detail('object_number', read.error))
  return { object_number: read.value }
}

