import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { Unsent } from './Unsent.tsx'
import styles from './Inbox.module.css'
import { domIdOf, type NoticeLine, type TellLine } from './items.ts'
import { momentOf } from './notice-words.ts'

interface LineProps {
  current: boolean
  project: string | undefined
  onChoose: () => void
}

/** Cut where there is no room, whole in its tooltip. */
export function Where({ words }: { words: readonly (string | undefined)[] }) {
  const text = words.filter(Boolean).join(' · ')
  return (
    <span className={styles['where']} title={text}>
      {text}
    </span>
  )
}

/** A card of the list for what somebody is told: what it says, of which project, since when; in bold until it is read. */
export function NoticeCard({ line, unsent, current, project, onChoose }: LineProps & { line: NoticeLine; unsent: string | undefined }) {
  const t = useT()
  const format = useFormat()
  const { notice, unread } = line
  const due = notice.deadline_at === null ? momentOf(format, notice.created_at) : t('inbox.before', { when: momentOf(format, notice.deadline_at) })
  return (
    <li>
      <button type="button" id={domIdOf(line)} className={styles['card']} aria-current={current} data-unread={unread} onClick={onChoose}>
        <span className={styles['head']}>
          <span className={styles['subject']}>{notice.subject}</span>
          {unread && (
            <span className={styles['dot']}>
              <span className="visually-hidden">{t('inbox.unread_mark')}</span>
            </span>
          )}
        </span>
        <Where words={[wordOf(t, 'inbox.type', notice.type), due, project]} />
        <Unsent by={unsent} />
      </button>
    </li>
  )
}

/** A card for somebody to be told by hand. */
export function TellCard({ line, current, project, onChoose }: LineProps & { line: TellLine }) {
  const t = useT()
  const format = useFormat()
  const { tell } = line
  return (
    <li>
      <button type="button" id={domIdOf(line)} className={styles['card']} aria-current={current} onClick={onChoose}>
        <span className={styles['head']}>
          <strong>{t('inbox.tell_title', { name: tell.collaborator_name, mission: tell.mission_title })}</strong>
        </span>
        <span className={styles['what']}>{t(`inbox.tell.${tell.why}`)}</span>
        <Where words={[t('inbox.before', { when: momentOf(format, tell.deadline_at) }), project]} />
      </button>
    </li>
  )
}
