import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import type { ImportSettings } from './import-file.ts'

/** What every step of an import is given: what the file reads as, and how it is read. */
export interface StepProps {
  preview: ImportPreviewAnswer
  settings: ImportSettings
  onSettings: (settings: ImportSettings) => void
}
