import { rejectedRows } from '../../../shared/domain/imports/operations.ts'
import type { ImportSource } from '../../../shared/domain/imports/operations.ts'
import { call } from '../../app/client.ts'
import type { Plain } from '../../app/client.ts'
import { saveFile } from '../../app/files.ts'

/** The rows that stay out, with their reason, as a table for a spreadsheet. */
export async function saveRejected(source: Plain<ImportSource>, org: string): Promise<void> {
  const { value } = await call(rejectedRows, source, { org })
  await saveFile(value.file_name, new TextEncoder().encode(value.csv), 'text/csv')
}
