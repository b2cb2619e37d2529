/** What a version says in words: its template filled with its facts, as they are now or as they were frozen when it was sent. */
import { canonicalJson, sha256 } from '../../kernel/hashing.ts'
import { detail, refuse } from '../errors.ts'
import type { ErrorDetail } from '../../kernel/result.ts'
import type { Reader } from '../operation.ts'
import type { ContractFacts, ContractLanguage } from './facts.ts'
import { draftOf, factsOf, type ContractRow, type VersionRow } from './material.ts'
import { missingMentions } from './mandatory.ts'
import { contractTemplate } from './model.ts'
import type { ContractKind } from './rules.ts'
import { parseTemplate, writeContract, type ContractTemplate, type WrittenContract } from './template.ts'
import { builtInById, builtInTemplate, contractTitles } from './templates/built-in.ts'

/** As it is kept with a version once it is sent. */
export interface FrozenContent {
  format: 1
  facts: ContractFacts
  template: ContractTemplate
}
export interface SaidContract {
  facts: ContractFacts
  template: ContractTemplate
  written: WrittenContract
}

export async function templateOf(reader: Reader, of: { template_id: VersionRow['template_id']; built_in: string | null; language: ContractLanguage }, kind: ContractKind): Promise<ContractTemplate> {
  const own = of.template_id === null ? null : await reader.get(contractTemplate, of.template_id)
  if (own) return { kind: own.kind, language: own.language, title: contractTitles[own.language][own.kind], clauses: own.clauses }
  const known = of.built_in === null ? null : builtInById(of.built_in)
  return known !== null && known.language === of.language ? known : builtInTemplate(kind, of.language)
}

export function say(template: ContractTemplate, facts: ContractFacts): SaidContract {
  const parsed = parseTemplate(template)
  if (!parsed.ok) throw refuse('contract_template.variables', ...parsed.error.map(({ issue, clause, name }) => detail(clause, issue, null, name)))
  return { facts, template, written: writeContract(parsed.value, facts) }
}

/** With the signatures of now: they are set down after the rest is frozen. */
const withSignatures = (facts: ContractFacts, version: VersionRow): ContractFacts => ({
  ...facts,
  signature: {
    ...facts.signature,
    house: version.house_signature && { name: version.house_signature.name, at: version.house_signature.at },
    other: version.other_signature && { name: version.other_signature.name, at: version.other_signature.at },
  },
})

/** What the version says now, of rows as they are. */
export async function saidNow(reader: Reader, of: ContractRow, version: VersionRow): Promise<SaidContract> {
  return say(await templateOf(reader, version, of.kind), await factsOf(reader, await draftOf(reader, of, version)))
}

/** What the version says: as it was sent, else as it is now. */
export async function saidOf(reader: Reader, of: ContractRow, version: VersionRow): Promise<SaidContract> {
  if (version.content === null) return saidNow(reader, of, version)
  const { facts, template } = version.content as unknown as FrozenContent
  return say(template, withSignatures(facts, version))
}

/** Facts without who signed: what both sides sign. */
export const contentOf = ({ facts, template }: SaidContract): FrozenContent => ({ format: 1, facts: { ...facts, signature: { ...facts.signature, on: null, house: null, other: null } }, template: { kind: template.kind, language: template.language, title: template.title, clauses: template.clauses } })
export const hashOfContent = (content: FrozenContent): string => sha256(canonicalJson(content))

export interface Missing {
  /** Of the mention (`object_number`), or `text`: a clause names what is not known. */
  key: string
  article: string | null
  /** Id of the clause where it stands. */
  where: string | null
  /** Variables that are not known. */
  names: string[]
}

/** What stops the version from being signed, each with its article and the facts it waits for. */
export function missingIn({ facts, written }: SaidContract): Missing[] {
  const mentions = missingMentions(facts).map(({ mention, names }): Missing => ({ key: mention.key, article: mention.article, where: mention.where, names }))
  const told = new Set(mentions.flatMap(({ names }) => names))
  const words = written.missing.filter(({ name }) => !told.has(name) && !givenByStep.has(name))
  return [...mentions, ...words.map(({ clause, name }): Missing => ({ key: 'text', article: null, where: clause, names: [name] }))]
}
/** Known once it is signed: no reason not to hand it on. */
const givenByStep: ReadonlySet<string> = new Set(['contract.signed_on', 'contract.signed_place'])

export function checkComplete(said: SaidContract): void {
  const missing = missingIn(said)
  if (missing.length > 0) throw refuse('contract.not_ready', ...missing.map(({ key, article, names }): ErrorDetail => detail(key, 'missing', article, names.join(', '))))
}
