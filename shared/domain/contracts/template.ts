/**
 * Templates of contracts: clauses in plain words with variables, `{{employee.name}}`, and conditions, `{{#if work.part}}…{{/if}}`,
 * `{{#unless is.live}}…{{/unless}}`, which may stand in each other. A template is parsed once and whole: what it names wrongly is told
 * with its clause before anything is made of it. Values are never parsed: what a person is called cannot be a variable.
 */
import { failure, success, type Result } from '../../kernel/result.ts'
import type { ContractFacts, ContractLanguage } from './facts.ts'
import type { ContractKind } from './rules.ts'
import { holds, isKnownName, isPrintable, valueOf } from './variables.ts'

/** Ids of the clauses that ship, in the order in which they are read; a mandatory mention names the one where it stands. */
export const knownClauses = [
  'amendment', 'parties', 'nature', 'object', 'function', 'period', 'places', 'hours', 'pay', 'agreement', 'bodies', 'declarations', 'rights', 'deliverables', 'exclusivity', 'usage',
  'services', 'service_level', 'milestones', 'acceptance', 'changes', 'price', 'invoicing', 'duties', 'data', 'termination', 'law', 'attachments', 'signatures',
] as const
export type KnownClause = (typeof knownClauses)[number]

export interface Clause {
  /** Unique in its template: one of those that ship, or any other word, `house_rules`. */
  id: string
  title: string
  /** Paragraphs parted by a line break. */
  text: string
}

export interface ContractTemplate {
  kind: ContractKind
  language: ContractLanguage
  title: string
  clauses: readonly Clause[]
}

export const templateIssues = [
  'template.variable_unknown', 'template.variable_of_other_kind', 'template.condition_printed', 'template.tag_unknown', 'template.tag_open', 'template.tag_not_open', 'template.clause_twice', 'template.no_clause',
] as const
export type TemplateIssue = (typeof templateIssues)[number]

export interface TemplateProblem {
  issue: TemplateIssue
  /** Id of the clause; null: the title of the contract. */
  clause: string | null
  /** As typed between the braces; null where the whole clause is meant. */
  name: string | null
}

type Part = { text: string } | { variable: string } | { when: string; unless: boolean; parts: Part[] }

interface ParsedText {
  clause: string | null
  parts: Part[]
}

export interface ParsedTemplate {
  kind: ContractKind
  language: ContractLanguage
  title: ParsedText
  clauses: { id: string; title: ParsedText; text: ParsedText }[]
}

const TAG = /\{\{([^{}]*)\}\}|\{\{|\}\}/g
const NAME = /^[a-z_]+(?:\.[a-z_]+)+$/

function parseText(text: string, clause: string | null, kind: ContractKind, problems: TemplateProblem[]): ParsedText {
  const tell = (issue: TemplateIssue, name: string | null): void => void problems.push({ issue, clause, name })
  const root: Part[] = []
  const open: { word: 'if' | 'unless'; name: string; parts: Part[] }[] = []
  const here = (): Part[] => open.at(-1)?.parts ?? root
  let done = 0
  const plain = (until: number): void => {
    if (until > done) here().push({ text: text.slice(done, until) })
  }
  const known = (name: string): boolean => {
    if (isKnownName(name, kind)) return true
    tell(isNameOfSomeKind(name) ? 'template.variable_of_other_kind' : 'template.variable_unknown', name)
    return false
  }
  for (const match of text.matchAll(TAG)) {
    plain(match.index)
    done = match.index + match[0].length
    const inner = match[1]?.trim()
    if (inner === undefined) {
      tell('template.tag_unknown', match[0])
      continue
    }
    const [, word, condition] = /^#(if|unless)\s+(\S+)$/.exec(inner) ?? []
    if ((word === 'if' || word === 'unless') && condition !== undefined) {
      known(condition)
      const parts: Part[] = []
      here().push({ when: condition, unless: word === 'unless', parts })
      open.push({ word, name: condition, parts })
    } else if (inner === '/if' || inner === '/unless') {
      if (open.at(-1)?.word === inner.slice(1)) open.pop()
      else tell('template.tag_not_open', inner)
    } else if (!NAME.test(inner)) {
      tell('template.tag_unknown', inner)
    } else if (known(inner)) {
      if (isPrintable(inner)) here().push({ variable: inner })
      else tell('template.condition_printed', inner)
    }
  }
  plain(text.length)
  for (const { name } of open) tell('template.tag_open', name)
  return { clause, parts: root }
}

const isNameOfSomeKind = (name: string): boolean => (['cddu', 'artist', 'vendor', 'client'] as const).some((kind) => isKnownName(name, kind))

/** The template ready to be filled; or everything that is wrong with it, in the order of its text. */
export function parseTemplate({ kind, language, title, clauses }: ContractTemplate): Result<ParsedTemplate, TemplateProblem[]> {
  const problems: TemplateProblem[] = []
  const parsed: ParsedTemplate = { kind, language, title: parseText(title, null, kind, problems), clauses: [] }
  const seen = new Set<string>()
  for (const { id, title: heading, text } of clauses) {
    if (seen.has(id)) problems.push({ issue: 'template.clause_twice', clause: id, name: null })
    seen.add(id)
    parsed.clauses.push({ id, title: parseText(heading, id, kind, problems), text: parseText(text, id, kind, problems) })
  }
  if (clauses.length === 0) problems.push({ issue: 'template.no_clause', clause: null, name: null })
  return problems.length === 0 ? success(parsed) : failure(problems)
}

/** Stands where a value is not known: a contract that shows it is not ready. */
export const missingMark: Readonly<Record<ContractLanguage, string>> = { fr: 'À COMPLÉTER', en: 'TO BE COMPLETED' }

export interface WrittenClause {
  id: string
  /** From 1, among the clauses that are written. */
  number: number
  title: string
  paragraphs: string[]
}

export interface WrittenContract {
  title: string
  clauses: WrittenClause[]
  /** Variables without a value, each with the clause in which it stands (null: the title), once. */
  missing: { clause: string | null; name: string }[]
}

/**
 * The contract in words. A clause whose conditions leave nothing is left out, and the numbers follow. The template's kind is the contract's:
 * another is a mistake of the caller.
 */
export function writeContract(template: ParsedTemplate, facts: ContractFacts): WrittenContract {
  if (template.kind !== facts.kind) throw new Error(`a template of ${template.kind} for a contract of ${facts.kind}`)
  const spoken = { ...facts, language: template.language }
  const missing: WrittenContract['missing'] = []
  const write = ({ clause, parts }: ParsedText): string => writeParts(parts, spoken, (name) => {
    if (!missing.some((one) => one.clause === clause && one.name === name)) missing.push({ clause, name })
  })
  const title = write(template.title).trim()
  const clauses: WrittenClause[] = []
  for (const { id, title: heading, text } of template.clauses) {
    const paragraphs = write(text).split('\n').map((line) => line.trim()).filter((line) => line !== '')
    if (paragraphs.length > 0) clauses.push({ id, number: clauses.length + 1, title: write(heading).trim(), paragraphs })
  }
  return { title, clauses, missing }
}

function writeParts(parts: readonly Part[], facts: ContractFacts, miss: (name: string) => void): string {
  let text = ''
  for (const part of parts) {
    if ('text' in part) text += part.text
    else if ('variable' in part) {
      const value = valueOf(part.variable, facts)
      if (value === null) miss(part.variable)
      text += value ?? missingMark[facts.language]
    } else if (holds(part.when, facts) !== part.unless) text += writeParts(part.parts, facts, miss)
  }
  return text
}

/** All of it as one text, as it is read aloud: for hashing, comparing and looking for mentions without a PDF. */
export const textOfContract = ({ title, clauses }: WrittenContract): string => [title, ...clauses.flatMap((clause) => [`${clause.number}. ${clause.title}`, ...clause.paragraphs])].join('\n')
