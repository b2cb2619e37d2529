import { useMemo } from 'react'
import { listLayouts } from '../../../shared/domain/runsheets/layout-operations.ts'
import { departments as departmentRecords } from '../../../shared/domain/organization/operations.ts'
import { useAnswer, useList } from '../../app/queries.ts'
import { DepartmentRow } from '../../app/rows.ts'
import { LineDraftsContext, useLineDrafts } from '../../components/line-drafts.ts'
import { LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { AttachedSection } from './AttachedSection.tsx'
import { KeyTimesSection } from './KeyTimesSection.tsx'
import { LinesSection } from './LinesSection.tsx'
import { NotesSection } from './NotesSection.tsx'
import { PeopleSection } from './PeopleSection.tsx'
import { ResumedLines } from './ResumedLines.tsx'
import { RevisionSections } from './RevisionSections.tsx'
import type { Section } from './section-fields.ts'
import type { SheetDay, SheetRecord, WorkRow } from './sheet-rows.ts'
import { SlotsSection } from './SlotsSection.tsx'

/** Sections the organization offers for this layout, and those that hold something all the same. */
export function useSections(layout: SheetRecord['layout'], rows: WorkRow['rows']): readonly Section[] {
  const { answer } = useAnswer(listLayouts, {})
  return useMemo(() => {
    const offered = answer?.value.items.find((one) => one.layout === layout)?.sections ?? []
    return [...new Set([...offered, ...rows.map((row) => row.section)])]
  }, [answer, layout, rows])
}

/** The draft in the order of the printed page; each line is saved as soon as the focus leaves it. */
export function DraftEditor({ work, sheet, day, sections }: { work: WorkRow; sheet: SheetRecord; day: SheetDay; sections: readonly Section[] }) {
  const t = useT()
  const list = useList(departmentRecords.list, { sort: ['position'], limit: 200 }, DepartmentRow)
  const drafts = useLineDrafts(`sheet:${work.id}`, (line) => /^(new:|person:|fields$)/.test(line) || [work.key_times, work.slots, work.notes, work.rows].some((rows) => rows.some((row) => row.id === line)))
  if (!drafts) return <LoadingSkeleton />
  return (
    <LineDraftsContext value={drafts}>
      <ResumedLines drafts={drafts} />
      <div key={drafts.turn} aria-label={t('sheet.edit')} role="group">
        <KeyTimesSection revision={work.id} rows={work.key_times} day={day} />
        <SlotsSection revision={work.id} rows={work.slots} day={day} />
        <NotesSection revision={work.id} rows={work.notes} />
        <RevisionSections work={work} day={day} layout={sheet.layout} />
        <PeopleSection revision={work.id} missions={sheet.missions.map((mission) => mission.id)} said={work.people} day={day} />
        {sections.map((section) =>
          section === 'attachments' ? (
            <AttachedSection key={section} revision={work.id} sheet={sheet.id} rows={work.rows} />
          ) : (
            <LinesSection key={section} revision={work.id} section={section} rows={work.rows} day={day} departments={list.items} />
          ),
        )}
      </div>
    </LineDraftsContext>
  )
}
