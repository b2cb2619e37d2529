/** The table of terms (ui 5.2): label and value, each from the variable of the same name as in clauses. What is missing and asked for is boxed. */
import type { ContractFacts } from '../../domain/contracts/facts.ts'
import { missingMentions } from '../../domain/contracts/mandatory.ts'
import { valueOf } from '../../domain/contracts/variables.ts'
import type { ContractKind } from '../../domain/contracts/rules.ts'

export interface TermRow {
  label: string
  /** Lines; null stands where a fact is missing. */
  lines: (string | null)[]
}

/** Label, then the variables whose texts are its lines. */
type Spec = readonly [label: string, ...names: string[]]
const employment: readonly Spec[] = [
  ['production', 'work.production'], ['object', 'work.temporary_reason'], ['object_number', 'work.object_number'], ['function', 'work.function', 'work.part', 'work.status'], ['risk', 'work.risk'],
  ['period', 'contract.start', 'contract.end'], ['dates', 'contract.schedule'], ['places', 'contract.places'], ['hours', 'work.day_hours', 'work.week_hours'], ['performances', 'work.performances', 'work.rehearsals'],
  ['pay', 'contract.pay'], ['total', 'contract.gross_total'], ['periodicity', 'work.periodicity'], ['overtime', 'work.overtime'], ['allowances', 'contract.allowances'], ['trial', 'work.trial'],
  ['pension', 'work.pension'], ['welfare', 'work.welfare'], ['leave_fund', 'work.leave_fund'], ['recording', 'work.recording'], ['dpae', 'work.dpae'],
]
const specs: Readonly<Record<ContractKind, readonly Spec[]>> = {
  cddu: employment,
  artist: [...employment, ['deliverables', 'artist.deliverables'], ['exclusivity', 'artist.exclusivity'], ['usage', 'artist.usage'], ['territory', 'artist.territory'], ['royalties', 'artist.royalties']],
  vendor: [
    ['scope', 'terms.scope'], ['period', 'contract.start', 'contract.end'], ['dates', 'contract.schedule'], ['places', 'contract.places'], ['service_level', 'terms.service_level'], ['rate_card', 'terms.rate_card'], ['pay', 'contract.pay'],
    ['price', 'contract.price'], ['invoicing', 'terms.invoicing_schedule'], ['allowances', 'contract.allowances'], ['termination', 'contract.termination'], ['law', 'contract.governing_law'],
  ],
  client: [
    ['scope', 'terms.scope'], ['period', 'contract.start', 'contract.end'], ['places', 'contract.places'], ['milestones', 'terms.milestones'], ['price', 'contract.price'], ['payment', 'terms.payment_schedule'], ['acceptance', 'terms.acceptance_criteria'],
    ['changes', 'terms.change_control'], ['termination', 'contract.termination'], ['law', 'contract.governing_law'],
  ],
}

/** Lengths that mean nothing without what they are of. */
const measures: Readonly<Record<string, Readonly<Record<'fr' | 'en', string>>>> = { 'work.day_hours': { fr: 'par jour', en: 'a day' }, 'work.week_hours': { fr: 'par semaine', en: 'a week' } }

/** Days that stand in the table itself; more go to the annex alone. */
export const mostDaysInTable = 6

export function termRows(facts: ContractFacts, labels: Readonly<Record<string, string>>, seeAnnex: string): TermRow[] {
  const asked = new Set(missingMentions(facts).flatMap(({ names }) => names))
  return specs[facts.kind].flatMap(([label, ...names]): TermRow[] => {
    const lines = names.flatMap((name): (string | null)[] => {
      if (name === 'contract.schedule' && facts.days.length > mostDaysInTable) return [seeAnnex]
      const text = valueOf(name, facts)
      if (text !== null && measures[name] !== undefined) return [`${text} ${measures[name][facts.language]}`]
      return text !== null ? text.split('\n') : asked.has(name) ? [null] : []
    })
    const joined = label === 'period' && lines.every((line) => line !== null) && lines.length === 2 ? [[...new Set(lines)].join(' – ')] : lines
    return joined.length === 0 ? [] : [{ label: labels[label] ?? label, lines: joined }]
  })
}

/** Of the header and the two boxes: the value, or null where it is asked for and not known; undefined: nothing to say. */
export function partyFact(facts: ContractFacts, name: string): string | null | undefined {
  const text = valueOf(name, facts)
  if (text !== null) return text
  return missingMentions(facts).some(({ names }) => names.includes(name)) ? null : undefined
}
