import { CalendarDays, MessageCircleQuestion, Upload } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { getCollaborator } from '../../../shared/domain/people/operations.ts'
import { addDays, fromLocal, isLocalDate } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { useActions } from '../../app/actions.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useAnswer } from '../../app/queries.ts'
import { paths, useGo, useOrg, useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { todayIn } from '../../components/DateTimeField.tsx'
import { Page } from '../../components/Page.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { BlockForm } from '../people/BlockForm.tsx'
import { gridOf, wholeDays } from '../people/month-grid.ts'
import { AskFreeDialog } from './AskFreeDialog.tsx'
import styles from './Availability.module.css'
import { ImportCalendarDialog } from './ImportCalendarDialog.tsx'
import { IntentPanel } from './IntentPanel.tsx'
import { PersonCalendar, rangeOf, type Intent } from './PersonCalendar.tsx'
import { usePersonTime, useRequests } from './person-time.ts'
import { RequestSection } from './RequestSection.tsx'
import { SetManyDialog } from './SetManyDialog.tsx'

const Person = z.object({ id: z.string(), display_name: z.string() })
type Open = 'ask' | 'many' | 'import'

/** When one person can and cannot: a month in words, what they were asked, and the ways to say it all at once. */
export function AvailabilityPage({ id }: { id: string }) {
  const t = useT()
  const asked = useAnswer(getCollaborator, { id }, { keep: false })
  const person = asked.answer ? Person.safeParse(asked.answer.value) : null
  const zone = useCatalogue().organization?.default_zone ?? null
  if (asked.failure) return <Page title={t('person.availability')}>{asked.failure.code === 'auth.forbidden' ? <ForbiddenState role={t('availability.role_needed')} failure={asked.failure} /> : <ErrorState failure={asked.failure} onRetry={asked.retry} />}</Page>
  if (!asked.answer || !person?.success || zone === null)
    return (
      <Page title={t('person.availability')}>
        <LoadingSkeleton />
      </Page>
    )
  return <PersonAvailability key={id} person={person.data} can={asked.answer.can} zone={zone} />
}

function PersonAvailability({ person, can, zone }: { person: z.infer<typeof Person>; can: ReadonlySet<string>; zone: string }) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const url = useUrlState()
  const [now] = useState(() => Date.now())
  const [anchor, setAnchor] = useState<LocalDate | null>(null)
  const [intent, setIntent] = useState<Intent | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const mayWrite = can.has('availability.set_many')
  // One's own record may be written by oneself; asking is of those who keep the directory.
  const plans = can.has('availability.request') && can.has('collaborator.update')
  const today = todayIn(zone)
  const given = url.get('day')
  const day = (isLocalDate(given) ? given : today) as LocalDate
  const days = gridOf(day)
  const [first, last] = [days[0] ?? day, days.at(-1) ?? day]
  const requests = useRequests(person.id, mayWrite)
  const { time, failure, retry } = usePersonTime(person.id, fromLocal(first, '00:00', zone), fromLocal(addDays(last, 1), '00:00', zone), requests.items)
  const range = rangeOf(day, anchor)
  const move = (next: LocalDate, from: LocalDate | null): void => {
    setAnchor(from)
    setIntent(null)
    // Each month is a step of the browser's history, each day is not.
    url.set({ day: next === today ? null : next }, next.slice(0, 7) === day.slice(0, 7) ? 'replace' : 'push')
  }
  const leave = (): void => {
    setIntent(null)
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus())
  }
  const done = (): void => {
    setAnchor(null)
    leave()
  }
  useActions([
    ...(plans ? [{ id: 'availability.ask', label: t('availability.ask'), group: 'page' as const, run: () => setOpen('ask') }] : []),
    ...(mayWrite ? [{ id: 'availability.many', label: t('availability.many'), group: 'page' as const, run: () => setOpen('many') }, { id: 'availability.import', label: t('availability.import'), group: 'page' as const, run: () => setOpen('import') }] : []),
  ])
  const close = (): void => setOpen(null)
  return (
    <Page
      title={t('person.availability')}
      scope={person.display_name}
      actions={
        <>
          <Button kind="quiet" label={t('availability.open_person')} onClick={() => go(`${paths.people(org)}?sel=${person.id}`)} />
          {mayWrite && <Button icon={Upload} label={t('availability.import')} onClick={() => setOpen('import')} />}
          {mayWrite && <Button icon={CalendarDays} label={t('availability.many')} onClick={() => setOpen('many')} />}
          {plans && <Button kind="primary" icon={MessageCircleQuestion} label={t('availability.ask')} onClick={() => setOpen('ask')} />}
        </>
      }
    >
      {failure ? (
        <ErrorState failure={failure} onRetry={retry} />
      ) : (
        <div className={styles['page']}>
          <PersonCalendar time={time} zone={zone} day={day} anchor={anchor} mayWrite={mayWrite} onDay={move} onIntent={setIntent} />
          <div className={styles['side']}>
            {intent === 'details' ? (
              <section aria-label={t('availability.details')}>
                <BlockForm key={`${range.first}/${range.last}`} person={person.id} zone={zone} first={wholeDays(range.first, range.last, zone)} onDone={done} />
              </section>
            ) : (
              intent && <IntentPanel key={`${intent} ${range.first} ${range.last}`} person={person.id} range={range} zone={zone} intent={intent} onDone={done} onCancel={leave} />
            )}
            {mayWrite ? <RequestSection requests={requests.items} plans={plans} now={now} /> : <p className={mutedText}>{t('availability.read_only')}</p>}
          </div>
        </div>
      )}
      {open === 'ask' && <AskFreeDialog people={[person.id]} windows={anchor === null ? [] : [wholeDays(range.first, range.last, zone)]} zone={zone} onClose={close} />}
      {open === 'many' && <SetManyDialog people={[person.id]} zone={zone} onClose={close} />}
      {open === 'import' && <ImportCalendarDialog person={person.id} name={person.display_name} zone={zone} onClose={close} />}
    </Page>
  )
}
