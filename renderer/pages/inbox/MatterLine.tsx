import type { MatterItem } from '../../../shared/domain/matters/operations.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Inbox.module.css'
import { Where } from './ItemLine.tsx'
import { dueWords, matterWords, missionNames, type MatterNames } from './matter-words.ts'

/** A card of the list: what it is about, what is the matter, when and where. */
export function MatterLine({ matter, names, current, onChoose }: { matter: MatterItem; names: MatterNames; current: boolean; onChoose: () => void }) {
  const t = useT()
  const format = useFormat()
  const where = [...missionNames(matter, names).slice(0, 2), matter.project_id ? names.projects[matter.project_id] : undefined].filter(Boolean)
  return (
    <li>
      <button type="button" id={`matter-${matter.id}`} className={styles['card']} aria-current={current} onClick={onChoose}>
        <span className={styles['head']}>
          <strong>{matter.title || t(`matter.kind.${matter.kind}`)}</strong>
          <ConflictBadge severity={matter.severity} text={t(`matter.severity.${matter.severity}`)} />
        </span>
        <span className={styles['what']}>{matterWords(t, format, matter)}</span>
        <Where words={[dueWords(format, matter.due_at), ...where]} />
      </button>
    </li>
  )
}
