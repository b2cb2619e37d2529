import { useEffect, useRef } from 'react'
import type { AppState } from '../../app/host-operations.ts'
import { useGo } from '../../app/routes.ts'
import { useT } from '../../i18n/index.ts'
import { ChooseStep } from './ChooseStep.tsx'
import { EntryFrame } from './EntryFrame.tsx'
import { KeyStep } from './KeyStep.tsx'
import { LookStep } from './LookStep.tsx'
import { OrganizationStep } from './OrganizationStep.tsx'
import { PeopleStep } from './PeopleStep.tsx'
import { ProjectStep } from './ProjectStep.tsx'
import { countOf, stepAfter, useWelcome } from './welcome.ts'
import type { Entrance } from './welcome.ts'
import { YouStep } from './YouStep.tsx'

/** First run: language and theme, what to do here, you, kind of work, first project, people. Later: the steps that a new organization needs. */
export function WelcomePage({ state }: { state: AppState }) {
  const t = useT()
  const go = useGo()
  const { entered, begin, set, end } = useWelcome()
  const entrance: Entrance = state.first_run ? 'first' : state.organizations.some(({ demo }) => !demo) ? 'more' : 'nowhere'
  const user = state.session?.user_id ?? null
  useEffect(() => {
    // Once a visit: making the organization must not change the steps under the person's hands.
    if (entered === null || (entered.account !== null && user !== null && entered.account !== user)) begin(entrance, user)
  }, [entered, begin, entrance, user])
  const step = entered?.step
  const heading = useRef<HTMLHeadingElement>(null)
  const title = step ? t(`welcome.${step}`) : t('app.name')
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  useEffect(() => {
    const first = heading.current?.closest('main')?.querySelector<HTMLElement>('form input:checked, form input:not([type="radio"]), form select, form button[type="submit"]')
    ;(first ?? heading.current)?.focus()
  }, [step])
  if (!entered || !step) return null
  const move = (by: 1 | -1): void => {
    const next = stepAfter(entered, by)
    if (next) set({ step: next })
  }
  const leave = (): void => {
    end()
    go('/')
  }
  const back = stepAfter(entered, -1) ? (): void => move(-1) : state.organizations.length > 0 ? leave : undefined
  return (
    <EntryFrame title={title} about={t(`welcome.${step}_about`)} step={t('welcome.step', countOf(entered))} heading={heading} wide={step === 'choose' || step === 'organization'}>
      {step === 'look' && <LookStep onDone={() => move(1)} />}
      {step === 'choose' && <ChooseStep signedIn={state.session !== null} onBack={back} onDone={() => move(1)} />}
      {step === 'you' && <YouStep account={state.session} onBack={() => move(-1)} />}
      {step === 'key' && <KeyStep onDone={() => move(1)} />}
      {step === 'organization' && <OrganizationStep fixed={entered.made.organization !== null} backIsCancel={stepAfter(entered, -1) === null} onBack={back} onDone={() => move(1)} />}
      {step === 'project' && <ProjectStep onBack={() => move(-1)} onDone={() => move(1)} />}
      {step === 'people' && <PeopleStep name={state.session?.name ?? entered.you.name} onBack={() => move(-1)} />}
    </EntryFrame>
  )
}
