import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { listMatters, type MatterItem } from '../../../shared/domain/matters/operations.ts'
import { matterColumns, matterGroups } from '../../../shared/domain/matters/kinds.ts'
import { severities } from '../../../shared/domain/planning/conflict-kinds.ts'
import { fold } from '../../../shared/kernel/text.ts'
import { useActions } from '../../app/actions.ts'
import type { Plain } from '../../app/client.ts'
import { useProjects } from '../../app/projects.ts'
import { useAnswer } from '../../app/queries.ts'
import { useGo, useOrg, useUrlState } from '../../app/routes.ts'
import { useDrawnLines } from '../../components/drawn-lines.ts'
import { passes, readChosen } from '../../components/list/address.ts'
import type { ListFilter } from '../../components/list/address.ts'
import type { FacetCounts } from '../../components/list/facet-counts.ts'
import { FilterBar } from '../../components/list/FilterBar.tsx'
import { ListStates } from '../../components/list/ListStates.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { Page } from '../../components/Page.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Inbox.module.css'
import { MatterLine } from './MatterLine.tsx'
import { MatterPane } from './MatterPane.tsx'
import { useMatterMarks } from './matter-marks.ts'
import type { MatterMarks, MatterStanding } from './matter-marks.ts'
import { matterWords, pathOfMatter } from './matter-words.ts'
import type { MatterNames } from './matter-words.ts'

const STANDINGS: readonly MatterStanding[] = ['open', 'later', 'done']
const ASIDE = ['later', 'done'] as const
const NO_ITEMS: readonly MatterItem[] = []
const NO_NAMES: MatterNames = { people: {}, missions: {}, locations: {}, projects: {} }
/** The gravest first: asked as far as one has come, twice as many each time. */
const FIRST = 60
/** Most at once, and among how many the words are searched: they are made here, in the person's language. */
const MOST = 1_000

type Asked = Plain<z.infer<typeof listMatters.input>>

function wantedOf(text: string): NonNullable<Asked['filter']>[string] {
  const { not, values } = readChosen(text)
  return values.length === 0 ? undefined : not ? { not: [...values] } : [...values]
}

/** What the core is asked so that only what stands so for this person comes; what nobody put aside is open. */
const standingAs = (standings: readonly MatterStanding[], marks: MatterMarks): Pick<Asked, 'only' | 'without'> =>
  standings.includes('open') ? { without: marks.aside(...ASIDE.filter((one) => !standings.includes(one))) } : { only: marks.aside(...ASIDE.filter((one) => standings.includes(one))) }

/** How many matters each value of a filter would leave: the core's counts, and for what was put aside one question each. */
function useCountsOf(column: string, asked: Asked, marks: MatterMarks): FacetCounts {
  const known = matterColumns.find((one) => one === column)
  const { answer, loading, failure } = useAnswer(listMatters, known ? { ...asked, facets: [known], limit: 1 } : null)
  const { filter } = asked
  const open = useAnswer(listMatters, known ? null : { filter, limit: 1, ...standingAs(['open'], marks) }).answer?.value.total
  const later = useAnswer(listMatters, known ? null : { filter, limit: 1, ...standingAs(['later'], marks) }).answer?.value.total
  const done = useAnswer(listMatters, known ? null : { filter, limit: 1, ...standingAs(['done'], marks) }).answer?.value.total
  if (known) return { counts: answer ? new Map((answer.value.facets[known] ?? []).map(({ value, count }) => [value, count])) : null, loading, failure }
  const counted = open !== undefined && later !== undefined && done !== undefined
  return { counts: counted ? new Map([['open', open], ['later', later], ['done', done]]) : null, loading: !counted, failure: null }
}

/** What needs the person across their projects: a list, and beside it what, why, where and the way there. */
export function InboxPage() {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const org = useOrg() ?? ''
  const url = useUrlState()
  const marks = useMatterMarks()
  const projects = new Map(useProjects().map((row) => [row.id, row.name]))
  const open = url.get('sel')
  const filters: readonly ListFilter[] = [
    { name: 'show', label: t('inbox.show'), column: 'show', pinned: true, values: STANDINGS, text: (standing) => wordOf(t, 'inbox.show', standing), preset: 'open' },
    { name: 'kind', label: t('inbox.kind'), column: 'kind', pinned: true, text: (kind) => wordOf(t, 'matter.kind', kind) },
    { name: 'project', label: t('nav.project'), column: 'project_id', pinned: true, text: (id) => projects.get(id) ?? id },
    { name: 'severity', label: t('inbox.severity'), column: 'severity', values: severities, text: (severity) => wordOf(t, 'matter.severity', severity) },
  ]
  const chosen = useFilters(filters)
  const words = fold(chosen.search)
  const [most, setMost] = useState(FIRST)
  const filter = Object.fromEntries(filters.filter(({ name }) => name !== 'show').map(({ name, column }) => [column, wantedOf(chosen.filterText(name))]))
  const standings = STANDINGS.filter((standing) => passes(readChosen(chosen.filterText('show')), standing))
  const question = { filter, limit: words === '' ? most : MOST }
  const asked = useAnswer(listMatters, { ...question, ...standingAs(standings, marks) })
  const value = asked.answer?.value
  const items = value?.items ?? NO_ITEMS
  const [total, names] = [value?.total ?? 0, value?.names ?? NO_NAMES]
  const shown = items.filter((one) => words === '' || fold(`${one.title} ${matterWords(t, format, one)}`).includes(words))
  const at = Math.max(0, shown.findIndex((one) => one.id === open))
  const current = shown[at]
  const { count, reach, end } = useDrawnLines(shown.length, at)
  const wanting = total > items.length && items.length === most && count >= items.length
  useEffect(() => {
    if (wanting) setMost((before) => Math.min(MOST, before * 2))
  }, [wanting])
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
  const standing = current ? marks.standingOf(current) : 'open'
  const putAside = standing === 'open' ? marks.done : marks.reopen
  const nothing = current ? {} : { off: t('inbox.empty') }
  useActions([
    { id: 'matter.next', label: t('matter.next'), keys: 'j', also: ['ArrowDown'], run: () => select(at + 1), ...nothing },
    { id: 'matter.previous', label: t('matter.previous'), keys: 'k', also: ['ArrowUp'], run: () => select(at - 1), ...nothing },
    { id: 'matter.open', label: t('matter.open'), keys: 'Enter', run: () => openIt(current), ...nothing },
    { id: 'matter.done', label: t(standing === 'open' ? 'inbox.done' : 'inbox.reopen'), keys: 'e', run: () => settle(putAside), ...nothing },
    { id: 'matter.later', label: t('inbox.later'), keys: 'h', run: () => settle(marks.later), ...(standing === 'open' ? nothing : { off: t('inbox.show.later') }) },
  ])
  return (
    <Page title={t('inbox.title')} {...(value ? { scope: t('inbox.scope', { count: shown.length }) } : {})}>
      <FilterBar list={{ ...chosen, useCounts: (column) => useCountsOf(column, { filter, ...standingAs(standings, marks) }, marks) }} all={t('inbox.all')} />
      <ListStates list={{ ...chosen, items: shown, failure: asked.failure, loading: asked.loading, retry: asked.retry }} empty={<EmptyState text={t('inbox.empty')} help="matters" />}>
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
                      <MatterLine key={one.id} matter={one} names={names} current={one === current} onChoose={() => url.set({ sel: one.id })} />
                    ))}
                  </ul>
                </section>
              )
            })}
            <span ref={end} aria-hidden />
            {total > items.length && <p className={styles['more']}>{t('inbox.more', { count: total - items.length })}</p>}
          </div>
          {current && (
            <MatterPane
              key={current.id}
              matter={current}
              names={names}
              standing={standing}
              onOpen={() => openIt(current)}
              onAside={() => settle(putAside)}
              onLater={() => settle(marks.later)}
            />
          )}
        </div>
      </ListStates>
    </Page>
  )
}
