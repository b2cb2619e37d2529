import { useEffect, useState } from 'react'
import type { MatterItem } from '../../../shared/domain/matters/operations.ts'
import { severities } from '../../../shared/domain/planning/conflict-kinds.ts'
import { fold } from '../../../shared/kernel/text.ts'
import { useActions } from '../../app/actions.ts'
import { useProjects } from '../../app/projects.ts'
import { useGo, useOrg, useUrlState } from '../../app/routes.ts'
import { useSyncMarks } from '../../app/sync/marks.ts'
import { useDrawnLines } from '../../components/drawn-lines.ts'
import { passes, readChosen } from '../../components/list/address.ts'
import type { ListFilter } from '../../components/list/address.ts'
import { FilterBar } from '../../components/list/FilterBar.tsx'
import { ListStates } from '../../components/list/ListStates.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { Page } from '../../components/Page.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import styles from './Inbox.module.css'
import { NoticeCard, TellCard } from './ItemLine.tsx'
import { domIdOf, inboxGroups, inOrder, leavesLine, matterLines, refOf, stayingPut, type InboxLine, type LineFilter, type NoticeLine } from './items.ts'
import { MatterLine } from './MatterLine.tsx'
import { MatterPane } from './MatterPane.tsx'
import { useMatterMarks } from './matter-marks.ts'
import { matterWords, pathOfMatter } from './matter-words.ts'
import type { MatterNames } from './matter-words.ts'
import { NoticePane } from './NoticePane.tsx'
import { wayOf } from './notice-words.ts'
import { TellPane } from './TellPane.tsx'
import { STANDINGS, standingAs, useCountsOf, useMatters, wantedOf } from './use-matters.ts'
import { useNoticeGestures, useNotices, useReading } from './use-notices.ts'

const NO_ITEMS: readonly MatterItem[] = []
const NO_NAMES: MatterNames = { people: {}, missions: {}, locations: {}, projects: {} }
/** The gravest first: asked as far as one has come, twice as many each time. */
const FIRST = 60
/** Most at once, and among how many the words are searched: they are made here, in the person's language. */
const MOST = 1_000

/** What the person is asked and told, and what needs them across their projects: one list, and beside it what, why, where and the way to answer. */
export function InboxPage() {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const org = useOrg() ?? ''
  const url = useUrlState()
  const marks = useMatterMarks()
  const gestures = useNoticeGestures()
  const unsent = useSyncMarks().unsent
  const projects = new Map(useProjects().map((row) => [row.id, row.name]))
  const opened = url.get('sel')
  const filters: readonly ListFilter[] = [
    { name: 'show', label: t('inbox.show'), column: 'show', pinned: true, values: STANDINGS, text: (standing) => wordOf(t, 'inbox.show', standing), preset: 'open' },
    { name: 'kind', label: t('inbox.kind'), column: 'kind', pinned: true, text: (kind) => wordOf(t, isKey(`inbox.type.${kind}`) ? 'inbox.type' : 'matter.kind', kind) },
    { name: 'project', label: t('nav.project'), column: 'project_id', pinned: true, text: (id) => projects.get(id) ?? id },
    { name: 'severity', label: t('inbox.severity'), column: 'severity', values: severities, text: (severity) => wordOf(t, 'matter.severity', severity) },
  ]
  const chosen = useFilters(filters)
  const words = fold(chosen.search)
  const [most, setMost] = useState(FIRST)
  const filter = Object.fromEntries(filters.filter(({ name }) => name !== 'show').map(({ name, column }) => [column, wantedOf(chosen.filterText(name))]))
  const standings = STANDINGS.filter((standing) => passes(readChosen(chosen.filterText('show')), standing))
  const asked = useMatters({ filter, limit: words === '' ? most : MOST, ...standingAs(standings, marks) })
  const notices = useNotices(standings)
  const value = asked.answer?.value
  const [answered, setAnswered] = useState<Pick<NoticeLine, 'id' | 'due'> | null>(null)
  const items = value?.items ?? NO_ITEMS
  const [total, names] = [value?.total ?? 0, value?.names ?? NO_NAMES]
  const lineFilter: LineFilter = { kind: readChosen(chosen.filterText('kind')), project: readChosen(chosen.filterText('project')), severity: readChosen(chosen.filterText('severity')) }
  const says = (line: InboxLine): string =>
    line.from === 'matter' ? `${line.matter.title} ${matterWords(t, format, line.matter)}` : line.from === 'notice' ? `${line.notice.subject} ${line.notice.body}` : `${line.tell.collaborator_name} ${line.tell.mission_title}`
  const own = inOrder(stayingPut(notices.lines, answered).filter((line) => leavesLine(line, lineFilter)), notices.tells.filter((line) => leavesLine(line, lineFilter)), matterLines(items, marks.standingOf))
  const shown = own.filter((line) => words === '' || fold(says(line)).includes(words))
  const at = Math.max(0, shown.findIndex((one) => one.id === opened))
  const current = shown[at]
  const notice = current?.from === 'notice' ? current : null
  const [held, setHeld] = useState<string | null>(null)
  useReading(notice, held === notice?.id, gestures.read)
  const { count, reach, end } = useDrawnLines(shown.length, at)
  const wanting = total > items.length && items.length === most && count >= shown.length
  useEffect(() => {
    if (wanting) setMost((before) => Math.min(MOST, before * 2))
  }, [wanting])
  const stay = (): void => url.set({ sel: current?.id ?? null })
  const choose = (line: InboxLine): void => {
    setHeld(null)
    setAnswered(null)
    url.set({ sel: line.id })
  }
  const select = (index: number): void => {
    const to = Math.max(0, Math.min(shown.length - 1, index))
    const next = shown[to]
    if (!next) return
    reach(to)
    choose(next)
    document.getElementById(domIdOf(next))?.focus()
  }
  const settle = (how: () => void): void => {
    how()
    url.set({ sel: (shown[at + 1] ?? shown[at - 1])?.id ?? null })
  }
  const drawn = new Set(shown.slice(0, count))
  const way = notice ? wayOf(org, notice.notice) : null
  const open = (): void => {
    if (current?.from === 'matter') go(pathOfMatter(org, current.matter))
    else if (way) go(way.path)
  }
  const isOpen = current?.standing === 'open'
  const aside = (): void => {
    if (current?.from === 'notice') settle(() => (isOpen ? gestures.done : gestures.reopen)(current))
    if (current?.from === 'matter') settle(() => (isOpen ? marks.done : marks.reopen)(current.matter))
  }
  const later = (): void => {
    if (current?.from === 'notice') settle(() => gestures.later(current))
    if (current?.from === 'matter') settle(() => marks.later(current.matter))
  }
  const stays = (): void => {
    stay()
    if (notice) setAnswered(notice)
  }
  const unread = (): void => {
    if (!notice) return
    stay()
    setHeld(notice.unread ? null : notice.id)
    if (notice.unread) gestures.read(notice)
    else gestures.unread(notice)
  }
  const nothing = current ? {} : { off: t('inbox.empty') }
  const toTell = current?.from === 'tell' ? { off: t('inbox.tell_about') } : nothing
  useActions([
    { id: 'matter.next', label: t('matter.next'), keys: 'j', also: ['ArrowDown'], run: () => select(at + 1), ...nothing },
    { id: 'matter.previous', label: t('matter.previous'), keys: 'k', also: ['ArrowUp'], run: () => select(at - 1), ...nothing },
    // Whom to tell has its own way there.
    ...(current?.from === 'tell' ? [] : [{ id: 'matter.open', label: t('matter.open'), keys: 'Enter', run: open, ...nothing }]),
    { id: 'matter.done', label: t(isOpen ? 'inbox.done' : 'inbox.reopen'), keys: 'e', run: aside, ...toTell },
    { id: 'matter.later', label: t('inbox.later'), keys: 'h', run: later, ...(isOpen ? toTell : { off: t('inbox.show.later') }) },
    { id: 'inbox.unread', label: t(notice?.unread ? 'inbox.read' : 'inbox.unread'), keys: 'u', run: unread, ...(notice ? {} : { off: t('inbox.unread_none') }) },
  ])
  const besides = (column: string): (string | null)[] => {
    const name = column === 'project_id' ? 'project' : column === 'kind' ? 'kind' : null
    const lines = [...notices.lines, ...notices.tells]
    if (column === 'show') return lines.filter((line) => leavesLine(line, lineFilter)).map(({ standing }) => standing)
    return name === null ? [] : lines.filter((line) => leavesLine(line, lineFilter, name)).map((line) => line[name])
  }
  const projectOf = (line: InboxLine): string | undefined => (line.project === null ? undefined : projects.get(line.project))
  const unsentOf = (line: InboxLine): string | undefined => (line.from === 'notice' ? [refOf(line.notice, 'acceptance'), refOf(line.notice, 'assignment')].map((id) => (id === null ? undefined : unsent.get(id))).find((name) => name !== undefined) : undefined)
  const pane = { onOpen: open, onAside: aside, onLater: later, onAnswered: stays }
  return (
    <Page title={t('inbox.title')} {...(value ? { scope: t('inbox.scope', { count: shown.length }) } : {})}>
      <FilterBar list={{ ...chosen, useCounts: (column) => useCountsOf(column, { filter, ...standingAs(standings, marks) }, marks, besides(column)) }} all={t('inbox.all')} />
      <FormErrorSummary failure={gestures.failure} />
      <ListStates
        list={{ ...chosen, items: shown, failure: asked.failure ?? notices.failure, loading: asked.loading || notices.loading, retry: () => (asked.failure ? asked.retry() : notices.retry()) }}
        empty={<EmptyState text={t('inbox.empty')} help="inbox" />}
      >
        <div className={styles['columns']}>
          <div className={styles['list']}>
            {inboxGroups.map((group) => {
              const inGroup = shown.filter((one) => one.group === group)
              if (inGroup.length === 0) return null
              return (
                <section key={group}>
                  <h2>
                    {t(`inbox.group.${group}`)} <span className={styles['count']}>{format.number(inGroup.length)}</span>
                  </h2>
                  <ul>
                    {inGroup.filter((one) => drawn.has(one)).map((line) => {
                      const card = { current: line === current, onChoose: () => choose(line) }
                      if (line.from === 'matter') return <MatterLine key={line.id} matter={line.matter} names={names} {...card} />
                      if (line.from === 'tell') return <TellCard key={line.id} line={line} project={projectOf(line)} {...card} />
                      return <NoticeCard key={line.id} line={line} unsent={unsentOf(line)} project={projectOf(line)} {...card} />
                    })}
                  </ul>
                </section>
              )
            })}
            <span ref={end} aria-hidden />
            {total > items.length && <p className={styles['more']}>{t('inbox.more', { count: total - items.length })}</p>}
            {notices.older > 0 && <p className={styles['more']}>{t('inbox.older', { count: notices.older })}</p>}
          </div>
          {current?.from === 'matter' && <MatterPane key={current.id} matter={current.matter} names={names} standing={current.standing} {...pane} />}
          {current?.from === 'notice' && <NoticePane key={current.id} line={current} way={way} onUnread={unread} {...pane} />}
          {current?.from === 'tell' && <TellPane key={current.id} line={current} />}
        </div>
      </ListStates>
    </Page>
  )
}
