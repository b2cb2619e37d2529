/**
 * What a contract must say, one object for each mention: its article, the clause where it stands, the facts without which
 * it cannot be said, and whether a text (that of the PDF) says it. One list for the editor, for "ready to sign" and for the test that
 * reads the PDF. Nothing here is legal advice; articles are shown so that they can be checked.
 */
import { type ContractFacts } from './facts.ts'
import type { ContractKind } from './rules.ts'
import { saySiren, sayWindow } from './said.ts'
import { missingMark, type KnownClause } from './template.ts'
import { isPaidByTime, valueOf } from './variables.ts'

export interface MandatoryMention {
  key: string
  /** Row of the table of mandatory content of a CDDU, 1 to 13; null: asked for by the kind of contract, not by the labour code. */
  row: number | null
  /** null: no text asks for it; the kind of contract is not complete without it. */
  article: string | null
  kinds: readonly ContractKind[]
  where: KnownClause
  /** Names of variables (variables.ts) that are not known; empty: it can be said. */
  missing: (facts: ContractFacts) => string[]
  /** Whether a text says it, for these facts. False where facts are missing. */
  read: (text: string, facts: ContractFacts) => boolean
}

/** Without spaces, in small letters, one kind of apostrophe and hyphen: line breaks and spaces of a PDF do not matter. Ends of pages (form feeds) stay. */
const squeezed = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\S\f]|[\u00ad\u200b]/gu, '').replace(/[’ʼ`´]/gu, "'").replace(/[‐-―]/gu, '-')

/** Texts are long and asked twenty times: the last one is kept. */
let last: { text: string; squeezed: string } = { text: '', squeezed: '' }
function page(text: string): string {
  if (last.text !== text) last = { text, squeezed: squeezed(text) }
  return last.squeezed
}

/** The longest foot and head of page, in characters without spaces, that may stand between two halves of a sentence. */
const BETWEEN_PAGES = 600

/** Places in the squeezed words where a line, and so a page, may end: after an ordinary space or a hyphen, never inside an amount or a date. */
function cutsOf(words: string): number[] {
  let length = 0
  return words.split(/(?<=[-‐])|[ \n\t]+/).slice(0, -1).map((word) => (length += squeezed(word).length)).toReversed()
}

/** From `at`, the words go on until a page ends: then they go on after the form feed and what is printed at the top. */
function goesOn(text: string, words: string, cuts: readonly number[], at: number): boolean {
  let same = 0
  while (same < words.length && text[at + same] === words[same]) same++
  // The foot of the page may begin as the words would go on: earlier places are tried too.
  return cuts.some((cut) => {
    if (cut === 0 || cut > same) return false
    const feed = text.indexOf('\f', at + cut)
    if (feed === -1 || feed - at - cut > BETWEEN_PAGES) return false
    const rest = text.indexOf(words.slice(cut), feed)
    return rest !== -1 && rest - feed <= BETWEEN_PAGES
  })
}

/**
 * Whether a text holds these words, whatever the spaces and line breaks between. Pages are parted by form feeds (as pdftotext does): a
 * sentence may be cut by the end of one.
 */
export function saysWords(text: string, words: string): boolean {
  const sought = squeezed(words).replaceAll('\f', '')
  const held = page(text)
  if (sought === '') return false
  if (held.includes(sought)) return true
  const cuts = cutsOf(words)
  const least = cuts.at(-1)
  if (least === undefined || !held.includes('\f')) return false
  const first = sought.slice(0, least)
  for (let at = held.indexOf(first); at !== -1; at = held.indexOf(first, at + 1)) if (goesOn(held, sought, cuts, at)) return true
  return false
}

/** What `applies` is false for is neither missing nor looked for. */
interface Spec {
  key: string
  row: number | null
  article: string | null
  kinds: readonly ContractKind[]
  where: KnownClause
  applies?: (facts: ContractFacts) => boolean
  /** Variables that it needs, and that its text shows. */
  names: (facts: ContractFacts) => readonly string[]
  /** Words that the text must hold besides. */
  also?: (text: string, facts: ContractFacts) => boolean
}

function mention({ key, row, article, kinds, where, applies = () => true, names, also = () => true }: Spec): MandatoryMention {
  const missing = (facts: ContractFacts): string[] => (applies(facts) ? names(facts).filter((name) => valueOf(name, facts) === null) : [])
  const read = (text: string, facts: ContractFacts): boolean =>
    !applies(facts) ||
    names(facts).every((name) => {
      const value = valueOf(name, facts)
      return value !== null && value.split('\n').every((line) => saysWords(text, line))
    }) && also(text, facts)
  return { key, row, article, kinds, where, missing, read }
}

const employment = ['cddu', 'artist'] as const
const written = 'C. trav., art. L. 1242-12'
const fixed = (...names: string[]) => (): readonly string[] => names

const employmentMentions: readonly MandatoryMention[] = [
  mention({
    key: 'employer', row: 1, article: written, kinds: employment, where: 'parties', names: fixed('employer.name', 'employer.siret', 'employer.ape', 'employer.address', 'employer.signatory', 'employer.capacity'),
    also: (text, { house }) => house.siret !== null && saysWords(text, saySiren(house.siret.slice(0, 9))),
  }),
  mention({
    key: 'employee', row: 1, article: written, kinds: employment, where: 'parties', names: ({ other }) => ['employee.name', 'employee.address', ...(other.alias === null ? [] : ['employee.alias'])],
  }),
  mention({
    key: 'nature', row: 2, article: 'C. trav., art. L. 1242-2, 3° ; accord interbranche du 24 juin 2008, art. 3.1', kinds: employment, where: 'nature', names: fixed(),
    // The paragraph number is asked for, not the article alone.
    also: (text) => saysWords(text, 'L. 1242-2, 3°') && ['à durée déterminée d’usage', 'fixed-term contract of customary use'].some((words) => saysWords(text, words)),
  }),
  mention({ key: 'object', row: 3, article: `${written}, 1er al. ; accord interbranche du 24 juin 2008, art. 3.1`, kinds: employment, where: 'object', names: fixed('work.production', 'work.temporary_reason') }),
  mention({
    key: 'object_number', row: 4, article: 'Règlement d’assurance chômage, annexes 8 et 10', kinds: employment, where: 'object', applies: ({ employment: work }) => work?.object_number_due !== false,
    names: fixed('work.object_number'),
  }),
  mention({ key: 'period', row: 5, article: `${written}, 2° et 3°`, kinds: employment, where: 'period', names: fixed('contract.start', 'contract.end') }),
  mention({
    key: 'schedule', row: 5, article: written, kinds: employment, where: 'period', names: fixed('contract.schedule'),
    also: (text, { days, zone, language }) => days.every((day) => saysWords(text, sayWindow(day, zone, language))),
  }),
  mention({ key: 'function', row: 6, article: `${written}, 4°`, kinds: employment, where: 'function', names: fixed('work.function', 'work.status') }),
  mention({ key: 'risk', row: 6, article: `${written}, 4° ; L. 4154-2`, kinds: employment, where: 'function', names: fixed('work.risk') }),
  mention({ key: 'places', row: 7, article: written, kinds: employment, where: 'places', names: fixed('contract.places') }),
  mention({
    key: 'hours', row: 8, article: written, kinds: employment, where: 'hours',
    names: ({ employment: work }) => [...(work?.day_minutes != null || work?.week_minutes == null ? ['work.day_hours'] : []), ...(work?.week_minutes == null ? [] : ['work.week_hours'])],
  }),
  mention({
    key: 'performances', row: 8, article: written, kinds: employment, where: 'hours', applies: ({ kind, employment: work }) => (kind === 'artist' && work?.is_live === true) || work?.performances != null,
    names: fixed('work.performances'),
  }),
  mention({ key: 'pay', row: 9, article: `${written}, 6°`, kinds: employment, where: 'pay', names: fixed('contract.pay', 'contract.gross_total', 'work.periodicity') }),
  mention({ key: 'overtime', row: 9, article: `${written}, 6°`, kinds: employment, where: 'pay', applies: ({ pay }) => isPaidByTime(pay), names: fixed('work.overtime') }),
  mention({ key: 'allowances', row: 9, article: `${written}, 6°`, kinds: employment, where: 'pay', applies: ({ allowances }) => allowances.length > 0, names: fixed('contract.allowances') }),
  mention({ key: 'agreement', row: 10, article: `${written}, 5°`, kinds: employment, where: 'agreement', names: fixed('work.agreement', 'work.idcc') }),
  mention({
    key: 'trial', row: 10, article: `${written}, 5° ; L. 1242-10`, kinds: employment, where: 'agreement', names: ({ employment: work }) => (work?.trial_days === 0 ? [] : ['work.trial']),
    also: (text) => saysWords(text, 'période d’essai') || saysWords(text, 'trial period'),
  }),
  mention({ key: 'pension', row: 11, article: `${written}, 7°`, kinds: employment, where: 'bodies', names: fixed('work.pension') }),
  mention({ key: 'welfare', row: 11, article: `${written}, 7°`, kinds: employment, where: 'bodies', names: fixed('work.welfare') }),
  mention({ key: 'leave_fund', row: 11, article: 'C. trav., art. D. 7121-28', kinds: employment, where: 'bodies', names: fixed('work.leave_fund') }),
  mention({ key: 'licence', row: 12, article: 'C. trav., art. L. 7122-3', kinds: employment, where: 'declarations', applies: ({ employment: work }) => work?.is_live === true, names: fixed('employer.licences') }),
  mention({ key: 'recording', row: 12, article: 'CPI, art. L. 212-3', kinds: employment, where: 'rights', names: fixed('work.recording') }),
  mention({ key: 'declaration', row: 13, article: 'C. trav., art. L. 1221-10', kinds: employment, where: 'declarations', names: fixed('work.dpae') }),
  mention({
    key: 'signatures', row: 13, article: 'C. trav., art. L. 1242-12 et L. 1242-13', kinds: employment, where: 'signatures', names: fixed('contract.originals', 'employer.signatory', 'employee.name'),
    also: (text, { signature }) => ['exemplaires originaux', 'originals'].some((words) => saysWords(text, `${signature.originals ?? ''} ${words}`)),
  }),
]

const sides: Readonly<Record<'vendor' | 'client', readonly [string, string]>> = { vendor: ['customer', 'vendor'], client: ['provider', 'client'] }

function businessMentions(kind: 'vendor' | 'client'): MandatoryMention[] {
  const [house, other] = sides[kind]
  const kinds = [kind] as const
  return [
    mention({ key: 'house', row: null, article: null, kinds, where: 'parties', names: fixed(`${house}.name`, `${house}.siret`, `${house}.address`, `${house}.signatory`) }),
    mention({ key: 'other', row: null, article: null, kinds, where: 'parties', names: fixed(`${other}.name`, `${other}.siret`, `${other}.address`, `${other}.signatory`) }),
    mention({ key: 'term', row: null, article: null, kinds, where: 'period', names: fixed('contract.start', 'contract.end') }),
    mention({ key: 'law', row: null, article: null, kinds, where: 'law', names: fixed('contract.governing_law') }),
    mention({ key: 'termination', row: null, article: null, kinds, where: 'termination', names: fixed('contract.termination') }),
  ]
}

/** What makes an artist's, a vendor's or a client's contract complete beside the law. */
const kindMentions: readonly MandatoryMention[] = [
  mention({ key: 'deliverables', row: null, article: null, kinds: ['artist'], where: 'deliverables', names: fixed('artist.deliverables') }),
  mention({ key: 'exclusivity', row: null, article: null, kinds: ['artist'], where: 'exclusivity', names: fixed('artist.exclusivity') }),
  ...(['usage', 'territory', 'royalties'] as const).map((name) => mention({
    key: name, row: null, article: 'CPI, art. L. 212-3', kinds: ['artist'], where: 'usage', applies: ({ employment: work }) => work?.recording === 'full', names: fixed(`artist.${name}`),
  })),
  ...businessMentions('vendor'), ...businessMentions('client'),
  mention({ key: 'scope', row: null, article: 'C. civ., art. 1163', kinds: ['vendor', 'client'], where: 'services', names: fixed('terms.scope') }),
  mention({ key: 'service_level', row: null, article: null, kinds: ['vendor'], where: 'service_level', names: fixed('terms.service_level') }),
  mention({ key: 'rate_card', row: null, article: 'C. civ., art. 1165', kinds: ['vendor'], where: 'price', names: fixed('terms.rate_card') }),
  mention({ key: 'invoicing', row: null, article: 'C. com., art. L. 441-9 et L. 441-10', kinds: ['vendor'], where: 'invoicing', names: fixed('terms.invoicing_schedule') }),
  mention({ key: 'milestones', row: null, article: null, kinds: ['client'], where: 'milestones', names: fixed('terms.milestones') }),
  mention({ key: 'acceptance', row: null, article: null, kinds: ['client'], where: 'acceptance', names: fixed('terms.acceptance_criteria') }),
  mention({ key: 'price', row: null, article: 'C. civ., art. 1165', kinds: ['client'], where: 'price', names: fixed('contract.price', 'terms.payment_schedule') }),
  mention({ key: 'changes', row: null, article: null, kinds: ['client'], where: 'changes', names: fixed('terms.change_control') }),
]

/** Every mention, in the order of the law's table, then of the kinds. */
export const mandatoryMentions: readonly MandatoryMention[] = [...employmentMentions, ...kindMentions]

export const mentionsOf = (kind: ContractKind): readonly MandatoryMention[] => mandatoryMentions.filter(({ kinds }) => kinds.includes(kind))

/** What cannot be said yet, each mention with the variables it waits for; empty: every fact is there. */
export const missingMentions = (facts: ContractFacts): { mention: MandatoryMention; names: string[] }[] =>
  mentionsOf(facts.kind).map((mention) => ({ mention, names: mention.missing(facts) })).filter(({ names }) => names.length > 0)

/** What a text (of the PDF) does not say although it must. The facts must be complete: what is missing is unread too. */
export const unreadMentions = (text: string, facts: ContractFacts): MandatoryMention[] => mentionsOf(facts.kind).filter((mention) => !mention.read(text, facts))

/** Ready to be signed: every fact known, every mention in the text, and nothing left to be completed in it. */
export const isReadyToSign = (text: string, facts: ContractFacts): boolean =>
  missingMentions(facts).length === 0 && unreadMentions(text, facts).length === 0 && !Object.values(missingMark).some((mark) => saysWords(text, mark))
