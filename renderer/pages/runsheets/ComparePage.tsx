import { ArrowLeft, Printer } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { z } from 'zod'
import { compareSheet, getSheet } from '../../../shared/domain/runsheets/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import pageStyles from '../../components/Page.module.css'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import { ChangeText } from './ChangeList.tsx'
import { printElement } from './print-element.ts'
import { ComparedLine, SheetRecord } from './sheet-rows.ts'
import styles from './Compare.module.css'

const Compared = z.object({ lines: z.array(ComparedLine), departments: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })) })
const NOTHING = 'none'

/** Two versions side by side in words: `?from=&to=` are their ids; without, the newest and the one before. */
export function ComparePage({ id }: { id: string }) {
  const asked = useAnswer(getSheet, { id }, { keep: false })
  const sheet = useMemo(() => (asked.answer ? SheetRecord.safeParse(asked.answer.value) : null), [asked.answer])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!sheet?.success) return <LoadingSkeleton />
  return <Comparison sheet={sheet.data} />
}

function Comparison({ sheet }: { sheet: SheetRecord }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const url = useUrlState()
  const project = useProject()
  const { revisions } = sheet
  const to = revisions.find((row) => row.id === url.get('to')) ?? revisions[0]
  const wanted = url.get('from')
  const from = wanted === NOTHING ? undefined : (revisions.find((row) => row.id === wanted) ?? revisions.find((row) => to && row.number < to.number && row.published_at !== null))
  const asked = useAnswer(compareSheet, to ? { from_revision_id: from?.id ?? null, to_revision_id: to.id } : null)
  const read = useMemo(() => Compared.safeParse(asked.answer?.value), [asked.answer])
  const lines = read.success ? read.data.lines : []
  const [department, person, at] = [url.get('dept'), url.get('person'), Number(url.get('at')) || 0]
  const people = [...new Set(lines.flatMap((line) => line.person ?? []))].sort((a, b) => a.localeCompare(b))
  const departments = read.success ? read.data.departments.filter(({ code }) => lines.some((line) => line.department_codes?.includes(code))) : []
  const shown = lines.filter((line) => (department === '' || line.department_codes === null || line.department_codes.includes(department)) && (person === '' || line.section !== 'people' || line.person === person))
  const groups = [...new Set(shown.map((line) => line.section.split('.')[0] ?? ''))].map((section) => ({ section, lines: shown.filter((line) => line.section.split('.')[0] === section) }))
  const ordered = groups.flatMap((group) => group.lines)
  const list = useRef<HTMLDivElement>(null)
  const whole = useRef<HTMLDivElement>(null)
  const print = (): void => {
    if (whole.current) printElement(whole.current)
  }
  const walk = (step: number): void => {
    const next = Math.min(Math.max(at + step, 1), ordered.length)
    url.set({ at: String(next) })
    const line = list.current?.querySelector<HTMLElement>(`[data-change="${next}"]`)
    line?.focus()
    line?.scrollIntoView({ block: 'nearest' })
  }
  const back = (): void => go(paths.sheet(project.org, project.id, sheet.id))
  useActions([
    { id: 'compare.next', label: t('sheet.next_change'), keys: 'j', group: 'page', run: () => walk(1) },
    { id: 'compare.previous', label: t('sheet.previous_change'), keys: 'k', group: 'page', run: () => walk(-1) },
    { id: 'compare.back', label: t('sheet.compare_back'), group: 'page', run: back },
    { id: 'print', label: t('print.action'), keys: 'mod+p', group: 'page', run: print },
  ])
  const title = t('sheet.compare_title', { code: sheet.missions[0]?.day_code ?? sheet.missions[0]?.title ?? '' })
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  const nameOf = (row: { number: number; state: string }): string => `v${row.number} · ${wordOf(t, 'state.revision', row.state)}`
  const sectionName = (section: string): string => {
    const key = [`sheet.section.${section}`, `sheet.compare.${section}`].find((one) => isKey(one))
    return key && isKey(key) ? t(key) : t('sheet.header')
  }
  let number = 0
  return (
    <div className={styles['page']} ref={whole}>
      <div className={pageStyles['header']}>
        <span className={styles['screen']}>
          <Button kind="quiet" small iconOnly icon={ArrowLeft} label={t('sheet.compare_back')} onClick={back} />
        </span>
        <h1>{title}</h1>
        <span className={pageStyles['scope']}>{format.day(sheet.sheet_date)}</span>
        <span className={pageStyles['gap']} />
        <span className={styles['screen']}>
          <Button kind="quiet" iconOnly icon={Printer} label={t('print.action')} title={t('print.action_keys')} onClick={print} />
        </span>
      </div>
      <div className={styles['bar']} role="search" data-region="filters" aria-label={t('nav.filters')}>
        <label>
          {t('sheet.compare_from')}
          <select value={from?.id ?? NOTHING} onChange={(event) => url.set({ from: event.target.value, at: null })}>
            <option value={NOTHING}>{t('sheet.compare_nothing')}</option>
            {revisions.filter((row) => row.id !== to?.id).map((row) => (
              <option key={row.id} value={row.id}>
                {nameOf(row)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('sheet.compare_to')}
          <select value={to?.id ?? ''} onChange={(event) => url.set({ to: event.target.value, at: null })}>
            {revisions.map((row) => (
              <option key={row.id} value={row.id}>
                {nameOf(row)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('sheet.compare_department')}
          <select value={department} onChange={(event) => url.set({ dept: event.target.value, at: null })}>
            <option value="">{t('filter.all')}</option>
            {departments.map((row) => (
              <option key={row.id} value={row.code}>
                {row.code} {row.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('sheet.compare_person')}
          <select value={person} onChange={(event) => url.set({ person: event.target.value, at: null })}>
            <option value="">{t('filter.all')}</option>
            {people.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <span className={pageStyles['gap']} />
        <span role="status">{read.success ? t('sheet.compare_count', { count: ordered.length }) : ''}</span>
      </div>
      <div className={styles['list']} ref={list} tabIndex={0} role="region" aria-label={title}>
        {asked.failure && <ErrorState failure={asked.failure} onRetry={asked.retry} />}
        {!asked.failure && !read.success && <LoadingSkeleton />}
        {read.success && ordered.length === 0 && (
          <EmptyState text={lines.length === 0 ? t('sheet.compare_none') : t('sheet.compare_filtered')}>
            {lines.length > 0 && <Button label={t('filter.clear')} onClick={() => url.set({ dept: null, person: null })} />}
          </EmptyState>
        )}
        {groups.map((group) => (
          <section key={group.section} className={styles['group']}>
            <h2>{sectionName(group.section)}</h2>
            <ul>
              {group.lines.map((line) => {
                number += 1
                return (
                  <li key={number} data-change={number} data-kind={line.kind} tabIndex={-1} aria-current={number === at ? 'true' : undefined} className={styles['change']}>
                    <span className={styles['kind']}>{t(`sheet.change.${line.kind}`)}</span>
                    <span>
                      <ChangeText line={line} />
                    </span>
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}
