/**
 * Contracts read and printed. Rows come through the asker's lens; what was sent is shown as it was sent. Here because documents may know the
 * domain, not the reverse.
 */
import { draw } from '../documents/draw.ts'
import type { ContractPaper, PaperSignature } from '../documents/contract/paper.ts'
import { contractFileName } from '../documents/contract/render.ts'
import { firstDayOf, lastDayOf, placesOf } from '../domain/contracts/facts.ts'
import { checkRates } from '../domain/contracts/making.ts'
import { assignmentsOf, draftOf, factsOf, type AssignmentRow, type ContractRow, type Draft, type VersionRow } from '../domain/contracts/material.ts'
import { contract, contractAssignment, contractDocument, contractRequest, contractSetting, contractVersion, typedFields, type KeptSignature } from '../domain/contracts/model.ts'
import * as queries from '../domain/contracts/queries.ts'
import { contractKindOf, contractKinds, contractTransitions, isEditable, isEmployment, type ContractKind } from '../domain/contracts/rules.ts'
import { builtInTemplates } from '../domain/contracts/templates/built-in.ts'
import { totalsOf } from '../domain/contracts/totals.ts'
import { conditions, valueOf, variables } from '../domain/contracts/variables.ts'
import { missingIn, saidOf, say, templateOf, type SaidContract } from '../domain/contracts/written.ts'
import { changesOf } from '../domain/entity.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { Reader } from '../domain/operation.ts'
import { organization } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { assignment } from '../domain/planning/model.ts'
import { waysOf } from '../domain/transitions.ts'
import { sha256 } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { contractLineHandlers } from './contract-lines.ts'
import { contractReportHandlers } from './contract-reports.ts'
import { namesOf, shownVersion, totalOf, toPrepare } from './contract-rows.ts'
import { possibleOn } from './possible.ts'

async function listLine(reader: Reader, of: ContractRow, versions: readonly VersionRow[], name: string | null, assignment_ids: readonly string[], open: readonly ('amendment' | 'void')[]) {
  const version = shownVersion(versions, of)
  const said = await saidOf(reader, of, version)
  return {
    id: of.id, version: of.version, version_id: version.id, kind: of.kind, state: version.state, number: version.number, reference: of.reference, title: version.title ?? of.title,
    collaborator_id: of.collaborator_id, party_id: of.party_id, name, first_day: firstDayOf(said.facts), last_day: lastDayOf(said.facts), days: new Set(said.facts.days.map(({ date }) => date)).size,
    gross_minor: totalOf(said.facts), currency: said.facts.currency, sent_at: version.sent_at, signed_at: version.signed_at, assignment_ids: [...assignment_ids],
    missing: isEditable(version.state) || version.state === 'under_review' ? missingIn(said).length : null, open_requests: [...new Set(open)],
  }
}

const images = (signatures: readonly (KeptSignature | null)[], blob: Inner['blob']): Record<string, Uint8Array> =>
  Object.fromEntries(signatures.flatMap((one) => {
    const bytes = one?.image_sha256 == null ? null : blob(one.image_sha256)
    return bytes === null || one?.image_sha256 == null ? [] : [[one.image_sha256, bytes]]
  }))
const onPaper = (signature: KeptSignature | null): PaperSignature | null => signature && (({ name, at, method, image_sha256, device }) => ({ name, at, method, image_sha256, device }))(signature)

/** A preview shows no number, and nobody's signature. */
const asPreview = (said: SaidContract): SaidContract => say(said.template, { ...said.facts, reference: null, signature: { ...said.facts.signature, house: null, other: null } })

async function fileOf(reader: Reader, inner: Inner, said: SaidContract, version: VersionRow | null) {
  const variant = version === null || version.content === null ? ('preview' as const) : ('contract' as const)
  const printed = variant === 'preview' ? asPreview(said) : said
  const home = await reader.need(organization, reader.call.org)
  const signatures = variant === 'preview' ? [null, null] : [version?.house_signature ?? null, version?.other_signature ?? null]
  const paper: ContractPaper = {
    facts: printed.facts, written: printed.written, variant, number: version?.number ?? 1, content_hash: variant === 'preview' ? null : (version?.content_hash ?? null),
    made_at: (variant === 'preview' ? null : version?.sent_at) ?? reader.call.now, signatures: { house: onPaper(signatures[0] ?? null), other: onPaper(signatures[1] ?? null) }, demo: home.demo,
  }
  const { bytes, pages } = await (inner.print ?? draw)({ kind: 'contract', paper, drawing: { images: images(signatures, inner.blob) } })
  return {
    file_name: contractFileName(paper), media_type: 'application/pdf' as const, base64: Buffer.from(bytes).toString('base64'), sha256: sha256(bytes), pages, variant, content_hash: paper.content_hash, missing: missingIn(printed),
  }
}

/** What would be typed, looked at as the command would look at it. */
function changesFrom(given: Record<string, unknown> | undefined): Partial<VersionRow> {
  const parsed = changesOf(contractVersion, typedFields).safeParse(given ?? {})
  if (!parsed.success) throw refuse('validation.invalid', ...parsed.error.issues.slice(0, 20).map((issue) => detail(['changes', ...issue.path].join('.'), issue.code, issue.message)))
  return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined))
}

/** Of assignments that are under no contract yet, whatever they were answered. */
async function imagined(reader: Reader, project_id: Id, ids: readonly Id[], asked: ContractKind | undefined, changes: Partial<VersionRow>): Promise<Draft> {
  const rows: AssignmentRow[] = []
  for (const id of ids) {
    const row = await reader.need(assignment, id)
    if (row.project_id !== project_id) throw refuse('contract.assignments', detail('assignment_ids', 'other_project', null, id))
    rows.push(row)
  }
  const [first] = rows
  const other = rows.find(({ collaborator_id }) => collaborator_id !== first?.collaborator_id)
  if (other) throw refuse('contract.assignments', detail('assignment_ids', 'other_person', null, other.id))
  const kind = asked ?? (first ? contractKindOf(first.engagement_kind) : null)
  if (!first || kind === null) throw refuse('contract.assignments', detail('assignment_ids', first ? 'no_contract_kind' : 'required', null, first?.id ?? null))
  const person = isEmployment(kind) ? null : await reader.get(collaborator, first.collaborator_id)
  return {
    kind, project_id, collaborator_id: first.collaborator_id, party_id: person?.party_id ?? null, reference: null, amendment: 0, amends_reference: null,
    assignments: rows.sort((a, b) => (a.start_at + a.id < b.start_at + b.id ? -1 : 1)), typed: changes, house_signature: null, other_signature: null,
  }
}

/** A step is offered where its way asks for a right that this person has: turning down what is under review is for who approves. */
const stepsOffered = (reader: Reader, { state, project_id, house_signature, other_signature }: VersionRow, can: readonly string[]): string[] => can.filter((name) => {
  if (name === 'contract.reject') return waysOf(contractTransitions, state, 'rejected').some(({ permission }) => permission !== 'system' && reader.may(permission, project_id))
  return (name !== 'contract.sign' && name !== 'contract.sign_on_screen') || house_signature === null || other_signature === null
})

/** An amendment needs a version in force and no other amendment in work; a void is asked once, while there is something to end. */
function isOpenTo(name: string, of: ContractRow, versions: readonly VersionRow[], voidAsked: boolean): boolean {
  if (name === 'contract.amend') return versions.some(({ id, state }) => id === of.active_version_id && state === 'active') && !versions.some(({ state }) => state === 'amendment_draft' || state === 'amendment_under_review')
  return name !== 'contract.request_void' || (!voidAsked && versions.some(({ state }) => state !== 'archived'))
}

export const contractCoreHandlers: readonly CoreHandler[] = [
  coreHandler(queries.listContracts, async (reader, { project_id, states, mission_id, collaborator_id }) => {
    const rows = await reader.find(contract, { project_id, ...(collaborator_id === undefined ? {} : { collaborator_id }) }, { sort: ['-created_at'] })
    const versions = Map.groupBy(await reader.find(contractVersion, { project_id }), (row) => row.contract_id)
    const links = Map.groupBy(await reader.find(contractAssignment, { project_id }), (row) => row.contract_id)
    const requests = Map.groupBy(await reader.find(contractRequest, { project_id, state: 'open' }), (row) => row.contract_id)
    const here = mission_id === undefined ? null : new Set((await reader.find(assignment, { mission_id })).map(({ id }) => String(id)))
    const nameOf = await namesOf(reader, rows)
    const items = []
    const counts: Record<string, number> = {}
    for (const row of rows) {
      const ids = (links.get(row.id) ?? []).map(({ assignment_id }) => assignment_id)
      if (here !== null && !ids.some((id) => here.has(id))) continue
      const own = versions.get(row.id) ?? []
      const { state } = shownVersion(own, row)
      counts[state] = (counts[state] ?? 0) + 1
      if (states && !states.includes(state)) continue
      items.push(await listLine(reader, row, own, nameOf(row), ids, (requests.get(row.id) ?? []).map(({ kind }) => kind)))
    }
    const drafts = reader.may('contract:draft', project_id) && reader.may('rates:read', project_id)
    const waiting = drafts ? await toPrepare(reader, project_id) : []
    const to_prepare = waiting.filter((one) => (here === null || one.assignment_ids.some((id) => here.has(id))) && (collaborator_id === undefined || one.collaborator_id === collaborator_id))
    return { items, to_prepare, counts }
  }),
  coreHandler(queries.getContract, async (reader, { id, version_id }, { person, operations, all }) => {
    const of = await reader.need(contract, id)
    const versions = await reader.find(contractVersion, { contract_id: id }, { sort: ['-number'] })
    const version = version_id === undefined ? shownVersion(versions, of) : versions.find((one) => one.id === version_id)
    if (!version) throw refuse('validation.reference', detail('version_id', 'not_found', null, version_id ?? null))
    const said = await saidOf(reader, of, version)
    const missing = missingIn(said)
    const rows = []
    for (const row of versions) rows.push({ row: { ...row, content: null }, can: stepsOffered(reader, row, await possibleOn(person, contractVersion, row, operations, all)) })
    const requests = []
    for (const row of await reader.find(contractRequest, { contract_id: id }, { sort: ['-created_at'] })) requests.push({ ...row, can: await possibleOn(person, contractRequest, row, operations, all) })
    const asked = requests.some(({ kind, state }) => kind === 'void' && state === 'open')
    const can = (await possibleOn(person, contract, of, operations, all)).filter((name) => isOpenTo(name, of, versions, asked))
    return {
      contract: of, name: (await namesOf(reader, [of]))(of), can, versions: rows,
      shown: { version_id: version.id, facts: said.facts, written: said.written, missing, ready: missing.length === 0, frozen: version.content !== null },
      assignments: await assignmentsOf(reader, id), requests, documents: await reader.find(contractDocument, { contract_id: id }, { sort: ['-created_at'] }),
    }
  }),
  coreHandler(queries.previewContract, async (reader, { project_id, assignment_ids, version_id, kind, template_id, language, changes: given }, inner) => {
    checkRates(reader, project_id)
    const changes = changesFrom({ ...given, ...(language === undefined ? {} : { language }), ...(template_id === undefined ? {} : { template_id }) })
    if (version_id !== undefined) {
      const version = await reader.need(contractVersion, version_id)
      const of = await reader.need(contract, version.contract_id)
      if (of.project_id !== project_id) throw refuse('validation.reference', detail('version_id', 'not_found', null, version_id))
      const typed = { ...version, ...changes }
      const facts = await factsOf(reader, { ...(await draftOf(reader, of, version)), typed, house_signature: null, other_signature: null })
      return fileOf(reader, inner, say(await templateOf(reader, typed, of.kind), facts), null)
    }
    const draft = await imagined(reader, project_id, assignment_ids ?? [], kind, changes)
    const facts = await factsOf(reader, draft)
    return fileOf(reader, inner, say(await templateOf(reader, { template_id: template_id ?? null, built_in: null, language: facts.language }, draft.kind), facts), null)
  }),
  coreHandler(queries.contractPdf, async (reader, { id, nir }, inner) => {
    const version = await reader.need(contractVersion, id)
    const of = await reader.need(contract, version.contract_id)
    const kept = await saidOf(reader, of, version)
    const said = nir === undefined ? kept : say(kept.template, { ...kept.facts, other: { ...kept.facts.other, nir_masked: nir } })
    const file = await fileOf(reader, inner, said, version)
    if (file.variant === 'contract') await inner.record?.('export.contract', { contract_id: of.id, version: version.number, sha256: file.sha256, content_hash: file.content_hash }, of.project_id)
    return file
  }),
  coreHandler(queries.openContractFile, async (reader, { id }, { record }) => {
    const { name, type, size, sha256, kind, contract_id, project_id } = await reader.need(contractDocument, id)
    await record?.('export.contract_file', { contract_id, contract_document_id: id, kind, sha256 }, project_id)
    return { name, type, size, sha256 }
  }),
  coreHandler(queries.builtInTemplatesOf, () => Promise.resolve({
    items: builtInTemplates.map((one) => ({ ...one })),
    variables: [...variables].map(([name, { kinds }]) => ({ name, kinds: [...kinds], printable: true })).concat([...conditions].map(([name, { kinds }]) => ({ name, kinds: [...kinds], printable: false }))),
  })),
  coreHandler(queries.getSettings, async (reader) => ({ settings: (await reader.find(contractSetting, {}))[0] ?? null })),
  coreHandler(queries.registers, async (reader, { project_id, on }) => {
    checkRates(reader, project_id)
    const items = []
    for (const row of (await reader.find(contract, { project_id, kind: contractKinds.filter(isEmployment) }))) {
      const versions = await reader.find(contractVersion, { contract_id: row.id })
      const version = versions.find(({ id }) => id === row.active_version_id) ?? shownVersion(versions, row)
      if (version.state === 'archived' && version.signed_at === null) continue
      const { facts } = await saidOf(reader, row, version)
      const [entry, exit] = [firstDayOf(facts), lastDayOf(facts)]
      if (on !== undefined && (entry === null || exit === null || on < entry || on > exit)) continue
      items.push({
        contract_id: row.id, reference: row.reference, state: version.state, kind: row.kind, name: facts.other.name, birth_date: facts.other.birth_date, function: valueOf('work.function', facts), status: valueOf('work.status', facts),
        entry, exit, signed_at: version.signed_at, dpae_reference: facts.employment?.dpae_reference ?? null, object_number: facts.employment?.object_number ?? null, places: placesOf(facts),
        days: new Set(facts.days.map(({ date }) => date)).size, minutes: (({ ok, ...totals }) => (ok && 'value' in totals ? totals.value.minutes : 0))(totalsOf(facts)),
      })
    }
    items.sort((a, b) => (`${a.entry ?? '9'} ${a.name ?? ''} ${a.reference}` < `${b.entry ?? '9'} ${b.name ?? ''} ${b.reference}` ? -1 : 1))
    return { items, without_contract: await toPrepare(reader, project_id) }
  }),
  ...contractLineHandlers, ...contractReportHandlers,
]
