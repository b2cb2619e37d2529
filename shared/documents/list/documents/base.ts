import type { DocumentName } from '../../../domain/documents/operations.ts'
import type { ListContent } from '../content.ts'
import type { Desk } from '../desk.ts'

/** What every document begins with. */
export const base = (desk: Desk, document: DocumentName, title: string): Omit<ListContent, 'sections'> => ({
  format: 1, document, language: desk.language,
  organization: { id: desk.organization.id, name: desk.organization.name },
  project: desk.project === null ? null : { id: desk.project.id, name: desk.project.name },
  title, badge: desk.project?.code ?? null, subtitle: '', notes: [], filters: null,
  zone: desk.project?.zone ?? desk.organization.default_zone,
})
