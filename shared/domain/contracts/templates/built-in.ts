/**
 * The templates that ship: four kinds, two languages. A contract keeps the id of the one it was made of; what is changed here later is another
 * version, with another id, and the former stays as long as contracts cite it.
 */
import type { ContractLanguage } from '../facts.ts'
import { contractKinds, type ContractKind } from '../rules.ts'
import type { Clause, ContractTemplate } from '../template.ts'
import { businessTitlesEn, clientClausesEn, vendorClausesEn } from './business-en.ts'
import { businessTitlesFr, clientClausesFr, vendorClausesFr } from './business-fr.ts'
import { artistClausesEn, cdduClausesEn, employmentTitlesEn } from './employment-en.ts'
import { artistClausesFr, cdduClausesFr, employmentTitlesFr } from './employment-fr.ts'

/** Headings of the document, for templates of the organization too, which hold clauses only. */
export const contractTitles: Readonly<Record<ContractLanguage, Readonly<Record<ContractKind, string>>>> = {
  fr: { ...employmentTitlesFr, ...businessTitlesFr }, en: { ...employmentTitlesEn, ...businessTitlesEn },
}

const clauses: Readonly<Record<ContractLanguage, Readonly<Record<ContractKind, readonly Clause[]>>>> = {
  fr: { cddu: cdduClausesFr, artist: artistClausesFr, vendor: vendorClausesFr, client: clientClausesFr },
  en: { cddu: cdduClausesEn, artist: artistClausesEn, vendor: vendorClausesEn, client: clientClausesEn },
}

export interface BuiltInTemplate extends ContractTemplate {
  /** `cddu-fr-1`: kind, language, version. */
  id: string
}

export const builtInTemplates: readonly BuiltInTemplate[] = (['fr', 'en'] as const).flatMap((language) =>
  contractKinds.map((kind) => ({ id: `${kind}-${language}-1`, kind, language, title: contractTitles[language][kind], clauses: clauses[language][kind] })))

/** The newest of a kind and language. */
export function builtInTemplate(kind: ContractKind, language: ContractLanguage): BuiltInTemplate {
  const found = builtInTemplates.findLast((one) => one.kind === kind && one.language === language)
  if (found === undefined) throw new Error(`no template of ${kind} in ${language}`)
  return found
}

/** The one a contract was made of; null: none of that id ships. */
export const builtInById = (id: string): BuiltInTemplate | null => builtInTemplates.find((one) => one.id === id) ?? null
