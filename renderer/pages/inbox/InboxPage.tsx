import { listMatters, type MatterItem } from '../../../shared/domain/matters/operations.ts'
import { matterGroups } from '../../../shared/domain/matters/kinds.ts'
import { useActions } from '../../app/actions.ts'
import { useAnswer } from '../../app/queries.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useGo, useOrg, useUrlState } from '../../app/routes.ts'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { useDrawnLines } from '../../components/drawn-lines.ts'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { fold } from '../../../shared/kernel/text.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Inbox.module.css'
import { MatterLine } from './MatterLine.tsx'
import { MatterPane } from './MatterPane.tsx'
import { useMatterMarks } from './matter-marks.ts'
import { matterWords, pathOfMatter } from './matter-words.ts'

const FILTERS = ['show', 'kind', 'project']
const NO_ITEMS: readonly MatterItem[] = []
/** The gravest first: whoever has more than these begins with them. */
const MOST = 400

/** What needs the person across their projects: a list, and beside it what, why, where and the way there. */
export function InboxPage() {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const org = useOrg() ?? ''
  const url = useUrlState()
  const marks = useMatterMarks()
  const asked = useAnswer(listMatters, { limit: MOST })
  const [show, kind, project, search, open] = [url.get('show'), url.get('kind'), url.get('project'), fold(url.get('q')), url.get('sel')]
  const value = asked.answer?.value
  const items = value?.items ?? NO_ITEMS
  const standing = show === 'done' || show === 'later' ? show : 'open'
  const shown = items.filter(
    (one) =>
      marks.standingOf(one) === standing && (kind === '' || one.kind === kind) && (project === '' || one.project_id === project) &&
      (search === '' || fold(`${one.title} ${matterWords(t, format, one)}`).includes(search)),
  )
  const at = Math.max(0, shown.findIndex((one) => one.id === open))
  const current = shown[at]
  const { count, reach, end } = useDrawnLines(shown.length, at)
  const select = (index: number): void => {
    const to = Math.max(0, Math.min(shown.length - 1, index))
    const next = shown[to]
    if (!next) return
    reach(to)
    url.set({ sel: next.id })
    document.getElementById(`matter-${next.id}`)?.focus()
  }
  const settle = (how: (matter: MatterItem) => void): void => {
    if (!current) return
    how(current)
    const next = shown[at + 1] ?? shown[at - 1]
    url.set({ sel: next?.id ?? null })
  }
  const drawn = new Set(shown.slice(0, count))
  const openIt = (matter: MatterItem | undefined): void => {
    if (matter) go(pathOfMatter(org, matter))
  }
  const putAside = standing === 'open' ? marks.done : marks.reopen
  const nothing = current ? {} : { off: t('inbox.empty') }
  useShortcuts({ ArrowDown: () => select(at + 1), ArrowUp: () => select(at - 1) })
  useActions([
    { id: 'matter.next', label: t('matter.next'), keys: 'j', run: () => select(at + 1), ...nothing },
    { id: 'matter.previous', label: t('matter.previous'), keys: 'k', run: () => select(at - 1), ...nothing },
    { id: 'matter.open', label: t('matter.open'), keys: 'Enter', run: () => openIt(current), ...nothing },
    { id: 'matter.done', label: t(standing === 'open' ? 'inbox.done' : 'inbox.reopen'), keys: 'e', run: () => settle(putAside), ...nothing },
    { id: 'matter.later', label: t('inbox.later'), keys: 'h', run: () => settle(marks.later), ...(standing === 'open' ? nothing : { off: t('inbox.show.later') }) },
  ])
  const kinds = [...new Set(items.map((one) => one.kind))]
  const projects = [...new Set(items.flatMap((one) => (one.project_id === null ? [] : [one.project_id])))]
  const filtered = kind !== '' || project !== '' || search !== '' || show !== ''
  return (
    <Page title={t('inbox.title')} {...(value ? { scope: t('inbox.scope', { count: shown.length }) } : {})}>
      <FilterBar names={FILTERS}>
        <FilterChip name="show" label={t('inbox.show')} all={t('inbox.show.open')} choices={['later', 'done'].map((one) => ({ value: one, label: wordOf(t, 'inbox.show', one) }))} />
        <FilterChip name="kind" label={t('inbox.kind')} choices={kinds.map((one) => ({ value: one, label: wordOf(t, 'matter.kind', one) }))} />
        <FilterChip name="project" label={t('nav.project')} choices={projects.map((one) => ({ value: one, label: value?.names.projects[one] ?? one }))} />
      </FilterBar>
      <span />
      {asked.failure ? (
        <ErrorState failure={asked.failure} onRetry={asked.retry} />
      ) : !value ? (
        <LoadingSkeleton />
      ) : shown.length === 0 ? (
        <EmptyState text={t(filtered ? 'filter.no_result' : 'inbox.empty')} />
      ) : (
        <div className={styles['columns']}>
          <div className={styles['list']}>
            {matterGroups.map((group) => {
              const inGroup = shown.filter((one) => one.group === group)
              if (inGroup.length === 0) return null
              return (
                <section key={group}>
                  <h2>
                    {t(`inbox.group.${group}`)} <span className={styles['count']}>{format.number(inGroup.length)}</span>
                  </h2>
                  <ul>
                    {inGroup.filter((one) => drawn.has(one)).map((one) => (
                      <MatterLine key={one.id} matter={one} names={value.names} current={one === current} onChoose={() => url.set({ sel: one.id })} />
                    ))}
                  </ul>
                </section>
              )
            })}
            <span ref={end} aria-hidden />
            {value.total > items.length && <p className={styles['more']}>{t('inbox.more', { count: value.total - items.length })}</p>}
          </div>
          {current && (
            <MatterPane
              key={current.id}
              matter={current}
              names={value.names}
              standing={standing}
              onOpen={() => openIt(current)}
              onAside={() => settle(putAside)}
              onLater={() => settle(marks.later)}
            />
          )}
        </div>
      )}
    </Page>
  )
}
