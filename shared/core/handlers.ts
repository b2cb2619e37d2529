/** Every operation of an organization, with how it is done. */
import { availabilityHandlers } from '../domain/availability/handlers.ts'
import { importHandlers } from '../domain/imports/handlers.ts'
import { locationHandlers } from '../domain/locations/handlers.ts'
import { organizationHandlers } from '../domain/organization/handlers.ts'
import { invitationHandlers } from '../domain/organization/invitation-handlers.ts'
import { peopleHandlers } from '../domain/people/handlers.ts'
import { planningHandlers } from '../domain/planning/handlers.ts'
import { publicationHandlers } from '../domain/publication/handlers.ts'
import { runSheetHandlers } from '../domain/runsheets/handlers.ts'
import { layoutHandlers } from '../domain/runsheets/layout-handlers.ts'
import { auditHandlers } from './audit-handlers.ts'
import { availabilityCoreHandlers } from './availability-handlers.ts'
import { calendarHandlers } from './calendar-handlers.ts'
import { conflictHandlers } from './conflict-handlers.ts'
import { costHandlers } from './cost-handlers.ts'
import { crewHandlers } from './crew-handlers.ts'
import { documentHandlers } from './document-handlers.ts'
import { historyHandlers } from './history-handlers.ts'
import { availabilityImportHandlers } from './import-availability.ts'
import { importFileHandlers } from './import-handlers.ts'
import { keeperHandlers } from './keeper-handlers.ts'
import { grantorHandlers } from './grantor-handlers.ts'
import { matterHandlers } from './matter-handlers.ts'
import { memberHandlers } from './member-handlers.ts'
import { mergeHandlers } from './merge-handlers.ts'
import { overviewHandlers } from './overview-handlers.ts'
import { lawful } from './lawful.ts'
import type { AnyHandler } from './core-handler.ts'
import { pickerHandlers } from './picker-handlers.ts'
import { planningWindowHandlers } from './planning-window-handlers.ts'
import { personFileHandlers } from './person-file-handlers.ts'
import { retentionHandlers } from './retention-handlers.ts'
import { scriptHandlers } from './import-script.ts'
import { searchHandlers } from './search-handlers.ts'
import { sheetCheckHandlers } from './sheet-checks.ts'
import { sheetDocumentHandlers } from './sheet-documents.ts'

const all: readonly AnyHandler[] = [
  ...organizationHandlers, ...invitationHandlers, ...memberHandlers, ...peopleHandlers, ...crewHandlers, ...calendarHandlers, ...availabilityHandlers, ...availabilityCoreHandlers, ...availabilityImportHandlers, ...mergeHandlers, ...pickerHandlers, ...personFileHandlers, ...retentionHandlers, ...locationHandlers, ...planningHandlers, ...importHandlers, ...importFileHandlers, ...runSheetHandlers, ...layoutHandlers, ...sheetCheckHandlers, ...sheetDocumentHandlers, ...documentHandlers, ...publicationHandlers, ...costHandlers,
  ...conflictHandlers, ...auditHandlers, ...historyHandlers, ...keeperHandlers, ...searchHandlers, ...scriptHandlers, ...matterHandlers, ...overviewHandlers, ...planningWindowHandlers, ...grantorHandlers,
]

export const organizationOperations: readonly AnyHandler[] = all.map(lawful)
