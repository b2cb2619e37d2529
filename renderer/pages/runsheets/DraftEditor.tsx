import { useT } from '../../i18n/index.ts'
import { KeyTimesSection } from './KeyTimesSection.tsx'
import { LinesSection } from './LinesSection.tsx'
import { NotesSection } from './NotesSection.tsx'
import { PeopleSection } from './PeopleSection.tsx'
import { RevisionSections } from './RevisionSections.tsx'
import type { Section } from './section-fields.ts'
import type { SheetDay, SheetRecord, WorkRow } from './sheet-rows.ts'
import { SlotsSection } from './SlotsSection.tsx'

const common: readonly Section[] = ['contacts', 'transport', 'hospitality', 'lodging', 'equipment']
const film: readonly Section[] = ['scenes', 'cast', 'extras']

/** The draft in the order of the printed page; each line is saved as soon as the focus leaves it. */
export function DraftEditor({ work, sheet, day }: { work: WorkRow; sheet: SheetRecord; day: SheetDay }) {
  const t = useT()
  return (
    <div aria-label={t('sheet.edit')} role="group">
      <KeyTimesSection revision={work.id} rows={work.key_times} day={day} />
      <SlotsSection revision={work.id} rows={work.slots} day={day} />
      <NotesSection revision={work.id} rows={work.notes} />
      <RevisionSections work={work} day={day} />
      <PeopleSection revision={work.id} missions={sheet.missions.map((mission) => mission.id)} said={work.people} day={day} />
      {[...(sheet.layout === 'film' ? film : []), ...common].map((section) => (
        <LinesSection key={section} revision={work.id} section={section} rows={work.rows} day={day} />
      ))}
    </div>
  )
}
