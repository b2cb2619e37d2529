import { useEffect, useState } from 'react'
import { History, ListChecks } from 'lucide-react'
import { getKept, listKept } from '../../../shared/domain/sync/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useAnswer } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { Page } from '../../components/Page.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import type { Choices } from './choices.ts'
import { Resolver } from './Resolver.tsx'
import { ResolverList } from './ResolverList.tsx'
import styles from './Sync.module.css'

const NONE: Choices = {}

/** What was not applied, one after another: at the left what waits, at the right the one being decided. */
export function ConflictsPage({ id }: { id: string | null }) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const list = useAnswer(listKept, {})
  const items = list.answer?.value.items ?? []
  const shownId = id ?? items[0]?.id ?? null
  const asked = useAnswer(getKept, shownId ? { id: shownId } : null, { keep: false })
  const kept = asked.answer?.value
  /** Of each command, as long as the page is open: putting one off loses nothing of it. */
  const [choices, setChoices] = useState<Readonly<Record<string, Choices>>>({})
  const at = items.findIndex((one) => one.id === shownId)
  const show = (index: number): void => {
    const next = items[Math.max(0, Math.min(items.length - 1, index))]
    if (next) go(paths.syncConflict(org, next.id))
  }
  const later = (): void => {
    const next = items[at + 1] ?? items.find((one) => one.id !== shownId)
    go(next ? paths.syncConflict(org, next.id) : paths.sync(org))
  }
  const done = (): void => {
    const next = items[at + 1] ?? items.find((one) => one.id !== shownId)
    go(next ? paths.syncConflict(org, next.id) : paths.syncConflicts(org))
  }
  useActions([
    { id: 'kept.next', label: t('sync.next'), keys: 'j', run: () => show(at + 1), ...(items.length > 1 ? {} : { off: t('sync.none') }) },
    { id: 'kept.previous', label: t('sync.previous'), keys: 'k', run: () => show(at - 1), ...(items.length > 1 ? {} : { off: t('sync.none') }) },
    { id: 'kept.later', label: t('sync.later'), keys: 'Escape', run: later },
  ])
  useEffect(() => {
    if (shownId) document.getElementById(`kept-${shownId}`)?.scrollIntoView({ block: 'nearest' })
  }, [shownId])
  return (
    <Page
      title={t('sync.conflicts_title')}
      {...(items.length > 0 && at >= 0 ? { scope: t('sync.of', { at: at + 1, count: items.length }) } : {})}
      actions={
        <>
          {items.length > 1 && (
            <span className={styles['keysHint']} aria-hidden>
              <kbd className={styles['key']}>J</kbd> <kbd className={styles['key']}>K</kbd> {t('sync.next_previous')}
            </span>
          )}
          <Button icon={ListChecks} label={t('sync.queue_title')} onClick={() => go(paths.sync(org))} />
          <Button icon={History} label={t('sync.history')} onClick={() => go(`${paths.audit(org)}?action=sync.decide`)} />
          {shownId !== null && <Button label={t('sync.later')} keys={t('sync.escape')} onClick={later} />}
        </>
      }
    >
      {list.failure ? (
        <ErrorState failure={list.failure} onRetry={list.retry} />
      ) : list.loading ? (
        <LoadingSkeleton />
      ) : shownId === null ? (
        <EmptyState text={t('sync.nothing_to_decide')}>
          <Button label={t('sync.queue_title')} onClick={() => go(paths.sync(org))} />
        </EmptyState>
      ) : (
        <div className={styles['columns']}>
          <ResolverList items={items} merged={list.answer?.value.merged ?? []} current={shownId} />
          {asked.failure ? (
            <ErrorState failure={asked.failure} onRetry={asked.retry} />
          ) : kept ? (
            <Resolver key={kept.id} kept={kept} choices={choices[kept.id] ?? NONE} onChoices={(next) => setChoices((known) => ({ ...known, [kept.id]: next }))} onDone={done} />
          ) : (
            <LoadingSkeleton />
          )}
        </div>
      )}
    </Page>
  )
}
