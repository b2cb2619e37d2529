/** Head of a contract, and the two boxes of its parties. */
import type { ContractFacts } from '../../domain/contracts/facts.ts'
import { sayLicence, saySiret } from '../../domain/contracts/said.ts'
import { isEmployment } from '../../domain/contracts/rules.ts'
import { typeset } from '../../domain/runsheets/formats.ts'
import { box, MM, para, run, semi, strong, type PdfNode } from '../pdf/nodes.ts'
import { dateSaid, linesOf, WIDTH, type Sheet } from './sheet.ts'
import { partyFact } from './terms.ts'

const prefixes = { cddu: ['employer', 'employee'], artist: ['employer', 'employee'], vendor: ['customer', 'vendor'], client: ['provider', 'client'] } as const
const labelled = (label: string, text: string | null | undefined, language: ContractFacts['language']): string | null | undefined => (typeof text === 'string' ? `${label}${language === 'fr' ? ' : ' : ': '}${text}` : text)
const given = (lines: readonly (string | null | undefined)[]): (string | null)[] => lines.filter((line) => line !== undefined)

/** Who keeps the contract, left; which contract it is, right. */
export function headBlock(sheet: Sheet): PdfNode {
  const { paper, words } = sheet
  const { facts, variant } = paper
  const { house, employment, language } = facts
  const [prefix] = prefixes[facts.kind]
  const licences = house.licences.map((one) => sayLicence(one, language)).join(' ; ')
  const lines = given([
    partyFact(facts, `${prefix}.address`), ...given([house.siret === null ? undefined : `SIRET ${saySiret(house.siret)}${house.ape === null ? '' : ` · APE ${house.ape}`}`]),
    ...(house.vat_number === null ? [] : [`${words.labels['vat'] ?? ''} ${house.vat_number}`]),
    ...(licences === '' || !isEmployment(facts.kind) ? [] : [`${words.labels['licences'] ?? ''}${language === 'fr' ? ' : ' : ': '}${licences}`]),
    ...(employment?.agreement_title == null ? [] : [`${words.labels['agreement'] ?? ''}${language === 'fr' ? ' : ' : ': '}${employment.agreement_title}${employment.idcc === null ? '' : ` (IDCC ${employment.idcc})`}`]),
  ])
  const right = variant === 'preview'
    ? [para([strong(words.preview)], { fontSize: 13, alignment: 'right' }), para(typeset(words.previewNote, language), { fontSize: 7.6, alignment: 'right' })]
    : [
        para([strong(typeset(words.number((facts.reference ?? '').replaceAll('-', '\u2011')), language))], { fontSize: 10.4, alignment: 'right' }),
        para(typeset(words.version(paper.number), language), { fontSize: 8.4, alignment: 'right' }), para(typeset(words.madeOn(dateSaid(sheet)), language), { fontSize: 8.4, alignment: 'right' }),
      ]
  return {
    columns: [
      { width: '*', stack: [para([strong([house.name, house.legal_form].filter(Boolean).join(', '))], { fontSize: 10.4 }), ...linesOf(sheet, lines, { fontSize: 8, lineHeight: 1.08 })] },
      { width: 190, stack: right },
    ],
    columnGap: 14,
  }
}

function partyBox(sheet: Sheet, title: string, name: string | null | undefined, lines: readonly (string | null)[]): PdfNode {
  return box({
    stack: [
      para([run(title)], { fontSize: 7.8 }),
      ...(name === null ? linesOf(sheet, [null]) : [para([semi(name ?? '')], { fontSize: 10 })]),
      ...linesOf(sheet, lines, { fontSize: 8.4, lineHeight: 1.1 }),
    ],
  }, { stroke: 0.8, fill: null, radius: 3, padding: [7, 5, 7, 6] }, 87 * MM)
}

/** Two boxes of 87 mm. */
export function partyBoxes(sheet: Sheet): PdfNode {
  const { facts } = sheet.paper
  const { labels, house, other } = sheet.words
  const [ours, theirs] = prefixes[facts.kind]
  const fact = (name: string): string | null | undefined => partyFact(facts, name)
  const named = (key: string, name: string): string | null | undefined => labelled(labels[key] ?? key, fact(name), facts.language)
  const represented = (prefix: string): string | null | undefined => {
    const [who, as] = [fact(`${prefix}.signatory`), fact(`${prefix}.capacity`)]
    return typeof who === 'string' ? labelled(labels['signatory'] ?? '', [who, as].filter((part) => typeof part === 'string').join(', '), facts.language) : who
  }
  const company = (prefix: string): (string | null)[] => given([fact(`${prefix}.legal_form`), fact(`${prefix}.address`), labelled('SIRET', fact(`${prefix}.siret`), facts.language), named('vat', `${prefix}.vat_number`), represented(prefix)])
  const person = given([named('alias', 'employee.alias'), fact('employee.address'), named('born', 'employee.birth_date'), named('nir', 'employee.nir'), named('fund', 'employee.fund_number')])
  const employer = given([fact(`${ours}.address`), labelled('SIREN', fact(`${ours}.siren`), facts.language), labelled('SIRET', fact(`${ours}.siret`), facts.language), labelled('APE', fact(`${ours}.ape`), facts.language), represented(ours), ...(fact(`${ours}.capacity`) === null ? [null] : [])])
  const employed = isEmployment(facts.kind)
  const gap = WIDTH - 174 * MM
  return {
    columns: [
      { width: 87 * MM, stack: [partyBox(sheet, house[facts.kind], fact(`${ours}.name`), employed ? employer : company(ours))] },
      { width: 87 * MM, stack: [partyBox(sheet, other[facts.kind], fact(`${theirs}.name`), employed ? person : company(theirs))] },
    ],
    columnGap: Math.max(2, gap),
  }
}
