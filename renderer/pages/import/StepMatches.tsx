import { importGroups } from '../../../shared/domain/imports/operations.ts'
import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { CheckField } from '../../components/Field.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Key } from '../../i18n/index.ts'
import { ChangesTable } from './ChangesTable.tsx'
import { Doubts } from './Doubts.tsx'
import { FileTwins } from './FileTwins.tsx'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

type Group = (typeof importGroups)[number]
type Grouped = 'people' | 'missions' | 'assignments'
const grouped: readonly Grouped[] = ['people', 'missions', 'assignments']

/** What is new and what is known: who is who, what would change, and what is left out. */
export function StepMatches(props: StepProps) {
  const t = useT()
  const { preview, settings, onSettings } = props
  const left = new Set(settings.leave ?? [])
  const toggle = (group: Group, on: boolean): void =>
    onSettings({ ...settings, leave: importGroups.filter((one) => (one === group ? !on : left.has(one))) })
  const shown = grouped.filter((kind) => {
    const counts = preview.counts[kind]
    return counts.create + counts.update + counts.skip > 0
  })
  return (
    <>
      <Doubts {...props} />
      <FileTwins {...props} />
      {shown.length === 0 && <p className={mutedText}>{t('import.matches_none')}</p>}
      {shown.map((kind) => (
        <section key={kind} className={styles['section']}>
          <h3>{t(`import.${kind}`)}</h3>
          <GroupLine group={`${kind}:new`} count={leftCount(preview, kind, 'new', left)} words={`import.group_new.${kind}`} on={!left.has(`${kind}:new`)} onToggle={toggle} />
          <GroupLine group={`${kind}:known`} count={leftCount(preview, kind, 'known', left)} words="import.group_known" on={!left.has(`${kind}:known`)} onToggle={toggle} />
          <SameLine count={sameCount(preview, kind, left)} />
          <ChangesTable proposals={preview.proposals[kind]} preview={preview} label={`${t('import.changes')}, ${wordOf(t, 'import', kind)}`} />
        </section>
      ))}
    </>
  )
}

function SameLine({ count }: { count: number }) {
  const t = useT()
  return count > 0 ? <p className={mutedText}>{t('import.group_same', { count })}</p> : null
}

/** What the group holds, left out or not. */
const leftCount = (preview: ImportPreviewAnswer, kind: Grouped, which: 'new' | 'known', left: ReadonlySet<Group>): number =>
  left.has(`${kind}:${which}`) ? preview.left[`${kind}:${which}`] : preview.counts[kind][which === 'new' ? 'create' : 'update']

function sameCount(preview: ImportPreviewAnswer, kind: Grouped, left: ReadonlySet<Group>): number {
  const aside = (['new', 'known'] as const).reduce((sum, which) => sum + (left.has(`${kind}:${which}`) ? leftCount(preview, kind, which, left) : 0), 0)
  return Math.max(0, preview.counts[kind].skip - aside)
}

function GroupLine({ group, count, words, on, onToggle }: { group: Group; count: number; words: Key; on: boolean; onToggle: (group: Group, on: boolean) => void }) {
  const t = useT()
  if (count === 0 && on) return null
  return (
    <div className={styles['groupLine']}>
      <CheckField label={t(words, { count })} checked={on} onChange={(checked) => onToggle(group, checked)} />
      {!on && <span className={mutedText}>{t('import.left_out')}</span>}
    </div>
  )
}
