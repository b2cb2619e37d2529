import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { Asides } from './Asides.tsx'
import styles from './Inbox.module.css'
import { questionOf, refOf, type NoticeLine } from './items.ts'
import { momentOf, type NoticeWay } from './notice-words.ts'
import { ReadinessPart } from './ReadinessPart.tsx'
import { WorkPart } from './WorkPart.tsx'

interface NoticePaneProps {
  line: NoticeLine
  way: NoticeWay | null
  onOpen: () => void
  onAside: () => void
  onLater: () => void
  onUnread: () => void
  onAnswered: () => void
}

/** Told of one's own engagement; the others are told to who asks. */
const OWN: ReadonlySet<string> = new Set(['assignment_proposed', 'assignment_updated', 'assignment_canceled', 'contract_ready'])

/** A notification, with what it is about as that stands now, and the way to answer. */
export function NoticePane({ line, way, onOpen, onAside, onLater, onUnread, onAnswered }: NoticePaneProps) {
  const t = useT()
  const format = useFormat()
  const { notice } = line
  const [project, assignment, mission] = [refOf(notice, 'project'), refOf(notice, 'assignment'), refOf(notice, 'mission')]
  const question = questionOf(notice)
  return (
    <section className={styles['pane']} data-region="panel" aria-labelledby="notice-title">
      <header className={styles['paneHead']}>
        <h2 id="notice-title">{notice.subject}</h2>
      </header>
      <p className={styles['why']}>{[wordOf(t, 'inbox.type', notice.type), t('inbox.received', { when: momentOf(format, notice.created_at) })].join(' · ')}</p>
      {/* A question that waits no more says so itself, below. */}
      {(question === null || notice.group === 'to_answer') && <p className={styles['lead']}>{notice.body}</p>}
      {project && assignment && <WorkPart project={project} assignment={assignment} acceptance={refOf(notice, 'acceptance')} own={question !== null || OWN.has(notice.type)} onAnswered={onAnswered} />}
      {notice.type === 'readiness_requested' && mission && <ReadinessPart mission={mission} />}
      <Asides
        standing={line.standing}
        open={way ? { label: t(way.label), run: onOpen, first: notice.group !== 'to_answer' } : undefined}
        unread={{ now: line.unread, toggle: onUnread }}
        onAside={onAside}
        onLater={onLater}
      />
    </section>
  )
}
