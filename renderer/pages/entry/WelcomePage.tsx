import { useState } from 'react'
import type { AppState } from '../../app/host-operations.ts'
import { paths, useGo } from '../../app/routes.ts'
import { useT } from '../../i18n/index.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { LookStep } from './LookStep.tsx'
import { OrganizationStep } from './OrganizationStep.tsx'
import { ProjectStep } from './ProjectStep.tsx'
import { YouStep } from './YouStep.tsx'

type Step = 'look' | 'you' | 'organization' | 'project'
const STEPS: readonly Step[] = ['look', 'you', 'organization', 'project']

/** First run: language and theme, you, organization, first project. Later: a new organization only. */
export function WelcomePage({ state }: { state: AppState }) {
  const t = useT()
  const go = useGo()
  // `first_run` turns false as soon as the account exists; the steps go on from where they are.
  const [step, setStep] = useState<Step>(state.first_run ? 'look' : 'organization')
  const [org, setOrg] = useState<string | null>(null)
  const about = step === 'look' ? t('welcome.look_about') : step === 'you' ? t('welcome.you_about') : step === 'organization' ? t('welcome.organization_about') : t('welcome.project_about')
  const titles = { look: t('welcome.title'), you: t('welcome.you'), organization: t('welcome.organization'), project: t('welcome.project') }
  return (
    <EntryFrame title={titles[step]} about={about} step={t('welcome.step', { step: STEPS.indexOf(step) + 1, of: STEPS.length })}>
      {step === 'look' && <LookStep onDone={() => setStep('you')} />}
      {step === 'you' && <YouStep onBack={() => setStep('look')} onDone={() => setStep('organization')} />}
      {step === 'organization' && (
        <OrganizationStep
          {...(state.organizations[0] ? { onCancel: () => go('/') } : {})}
          onDone={(made) => {
            setOrg(made)
            setStep('project')
          }}
        />
      )}
      {step === 'project' && org && <ProjectStep org={org} onSkip={() => go(paths.organization(org))} onDone={(project) => go(paths.missions(org, project))} />}
    </EntryFrame>
  )
}
