import type { Plain } from '../../app/client.ts'
import { importKinds } from '../../../shared/domain/imports/operations.ts'
import type { ImportSource } from '../../../shared/domain/imports/operations.ts'

export interface ImportFile {
  file_name: string
  content_base64?: string
  text?: string
}

export type ImportKind = (typeof importKinds)[number]

/** All that a person settles about a file, beside its kind. */
export type ImportSettings = Partial<Omit<Plain<ImportSource>, 'project_id' | 'kind' | 'language' | keyof ImportFile>>

export const importKindOf = (text: string): ImportKind => importKinds.find((kind) => kind === text) ?? 'people'

export const steps = ['columns', 'matches', 'check', 'finish'] as const
export type Step = (typeof steps)[number]
export const stepOf = (text: string): Step => steps.find((step) => step === text) ?? 'columns'

/** What stands for rows and columns of one reading of the file: of no use once another sheet or header row is read. */
const aboutCells = ['mapping', 'edits', 'replacements', 'skipped_rows', 'identities', 'apart_rows', 'leave', 'constants'] as const

export function withoutCells(settings: ImportSettings): ImportSettings {
  const kept = { ...settings }
  for (const name of aboutCells) delete kept[name]
  return kept
}
