/** Every text of the screens, an area a file. The two languages have the same keys (a test holds it); no key is in two files. */
import enAttachments from './en/attachments.json'
import enAudit from './en/audit.json'
import enAvailability from './en/availability.json'
import enChecklist from './en/checklist.json'
import enCommon from './en/common.json'
import enContracts from './en/contracts.json'
import enContractEditor from './en/contract_editor.json'
import enContractSettings from './en/contract_settings.json'
import enCosts from './en/costs.json'
import enCrew from './en/crew.json'
import enData from './en/data.json'
import enDemo from './en/demo.json'
import enDepartments from './en/departments.json'
import enEngagement from './en/engagement.json'
import enEntry from './en/entry.json'
import enErrors from './en/errors.json'
import enHelp from './en/help.json'
import enHolidays from './en/holidays.json'
import enHome from './en/home.json'
import enImport from './en/import.json'
import enInbox from './en/inbox.json'
import enLayouts from './en/layouts.json'
import enLocations from './en/locations.json'
import enLock from './en/lock.json'
import enMe from './en/me.json'
import enMembers from './en/members.json'
import enMessages from './en/messages.json'
import enMissions from './en/missions.json'
import enNews from './en/news.json'
import enNumbers from './en/numbers.json'
import enOverview from './en/overview.json'
import enPaperwork from './en/paperwork.json'
import enPeople from './en/people.json'
import enPill from './en/pill.json'
import enPlanning from './en/planning.json'
import enPrint from './en/print.json'
import enProjects from './en/projects.json'
import enProposal from './en/proposal.json'
import enPublication from './en/publication.json'
import enReports from './en/reports.json'
import enRunOfShow from './en/run_of_show.json'
import enSeries from './en/series.json'
import enServer from './en/server.json'
import enSettings from './en/settings.json'
import enSheets from './en/sheets.json'
import enShell from './en/shell.json'
import enShortcuts from './en/shortcuts.json'
import enSync from './en/sync.json'
import enTemplates from './en/templates.json'
import enTimeline from './en/timeline.json'
import enViews from './en/views.json'
import enVocabulary from './en/vocabulary.json'
import enWords from './en/words.json'
import frAttachments from './fr/attachments.json'
import frAudit from './fr/audit.json'
import frAvailability from './fr/availability.json'
import frChecklist from './fr/checklist.json'
import frCommon from './fr/common.json'
import frContracts from './fr/contracts.json'
import frContractEditor from './fr/contract_editor.json'
import frContractSettings from './fr/contract_settings.json'
import frCosts from './fr/costs.json'
import frCrew from './fr/crew.json'
import frData from './fr/data.json'
import frDemo from './fr/demo.json'
import frDepartments from './fr/departments.json'
import frEngagement from './fr/engagement.json'
import frEntry from './fr/entry.json'
import frErrors from './fr/errors.json'
import frHelp from './fr/help.json'
import frHolidays from './fr/holidays.json'
import frHome from './fr/home.json'
import frImport from './fr/import.json'
import frInbox from './fr/inbox.json'
import frLayouts from './fr/layouts.json'
import frLocations from './fr/locations.json'
import frLock from './fr/lock.json'
import frMe from './fr/me.json'
import frMembers from './fr/members.json'
import frMessages from './fr/messages.json'
import frMissions from './fr/missions.json'
import frNews from './fr/news.json'
import frNumbers from './fr/numbers.json'
import frOverview from './fr/overview.json'
import frPaperwork from './fr/paperwork.json'
import frPeople from './fr/people.json'
import frPill from './fr/pill.json'
import frPlanning from './fr/planning.json'
import frPrint from './fr/print.json'
import frProjects from './fr/projects.json'
import frProposal from './fr/proposal.json'
import frPublication from './fr/publication.json'
import frReports from './fr/reports.json'
import frRunOfShow from './fr/run_of_show.json'
import frSeries from './fr/series.json'
import frServer from './fr/server.json'
import frSettings from './fr/settings.json'
import frSheets from './fr/sheets.json'
import frShell from './fr/shell.json'
import frShortcuts from './fr/shortcuts.json'
import frSync from './fr/sync.json'
import frTemplates from './fr/templates.json'
import frTimeline from './fr/timeline.json'
import frViews from './fr/views.json'
import frVocabulary from './fr/vocabulary.json'
import frWords from './fr/words.json'

export const en = {
  ...enAttachments,
  ...enAudit,
  ...enAvailability,
  ...enChecklist,
  ...enCommon,
  ...enContracts,
  ...enContractEditor, ...enContractSettings,
  ...enCosts,
  ...enCrew,
  ...enData,
  ...enDemo,
  ...enDepartments,
  ...enEngagement,
  ...enEntry,
  ...enErrors,
  ...enHelp,
  ...enHolidays,
  ...enHome,
  ...enImport,
  ...enInbox,
  ...enLayouts,
  ...enLocations,
  ...enLock,
  ...enMe,
  ...enMembers,
  ...enMessages, ...enMissions,
  ...enNews,
  ...enNumbers, ...enOverview,
  ...enPaperwork, ...enPeople,
  ...enPill,
  ...enPlanning,
  ...enPrint,
  ...enProjects,
  ...enProposal,
  ...enPublication,
  ...enReports,
  ...enRunOfShow,
  ...enSeries,
  ...enServer,
  ...enSettings,
  ...enSheets,
  ...enShell,
  ...enShortcuts,
  ...enSync,
  ...enTemplates,
  ...enTimeline,
  ...enViews,
  ...enVocabulary,
  ...enWords,
}
export const fr = {
  ...frAttachments,
  ...frAudit,
  ...frAvailability,
  ...frChecklist,
  ...frCommon,
  ...frContracts,
  ...frContractEditor, ...frContractSettings,
  ...frCosts,
  ...frCrew,
  ...frData,
  ...frDemo,
  ...frDepartments,
  ...frEngagement,
  ...frEntry,
  ...frErrors,
  ...frHelp,
  ...frHolidays,
  ...frHome,
  ...frImport,
  ...frInbox,
  ...frLayouts,
  ...frLocations,
  ...frLock,
  ...frMe,
  ...frMembers,
  ...frMessages, ...frMissions,
  ...frNews,
  ...frNumbers, ...frOverview,
  ...frPaperwork, ...frPeople,
  ...frPill,
  ...frPlanning,
  ...frPrint,
  ...frProjects,
  ...frProposal,
  ...frPublication,
  ...frReports,
  ...frRunOfShow,
  ...frSeries,
  ...frServer,
  ...frSettings,
  ...frSheets,
  ...frShell,
  ...frShortcuts,
  ...frSync,
  ...frTemplates,
  ...frTimeline,
  ...frViews,
  ...frVocabulary,
  ...frWords,
}
