import type { DocumentName } from '../../../shared/domain/documents/operations.ts'
import { makeCalendar } from '../../../shared/domain/documents/operations.ts'
import { call } from '../../app/client.ts'
import type { Plain } from '../../app/client.ts'
import { saveFile } from '../../app/files.ts'
import { idsFor } from './print-choices.ts'
import type { PrintRequest } from './print-request.ts'

type Asked = Plain<Parameters<typeof makeCalendar.input.parse>[0] & object>

/** The calendar that says the same as a document: of one person, or of the missions; null: the document is of something else. */
export function calendarOf(request: PrintRequest, document: DocumentName, language: 'fr' | 'en' | undefined): Asked | null {
  const project = request.project_id ? { project_id: request.project_id } : {}
  const words = language ? { language } : {}
  if (document === 'planning_timeline' || document === 'mission_list') return { ...project, ...words }
  if (document !== 'personal_schedule' && document !== 'week_plan') return null
  const [person, ...others] = idsFor(request, document, true)
  return person && others.length === 0 ? { ...project, ...words, collaborator_id: person } : null
}

/** Makes it and gives it to the person: an export, and audited. */
export async function saveCalendar(org: string, asked: Asked): Promise<void> {
  const { value } = await call(makeCalendar, asked, { org })
  await saveFile(value.file_name, new TextEncoder().encode(value.text), value.type)
}
