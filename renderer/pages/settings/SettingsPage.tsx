import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Link, Redirect } from 'wouter'
import { getOrganization } from '../../../shared/domain/organization/operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { useActions } from '../../app/actions.ts'
import { useIsMoving } from '../../app/sync/moving.ts'
import { useMayVenue } from '../../app/sync/status.ts'
import { Page } from '../../components/Page.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { ServerSection } from '../server/ServerSection.tsx'
import { VenueSection } from '../server/VenueSection.tsx'
import { CertificationKindsSection, SkillsSection } from './NamedSections.tsx'
import { ContractTemplatesSection } from './ContractTemplatesSection.tsx'
import { CrewRolesSection } from './CrewRolesSection.tsx'
import { DepartmentsSection } from './DepartmentsSection.tsx'
import { EmployerSection } from './EmployerSection.tsx'
import { FlagsSection } from './FlagsSection.tsx'
import { IdentitySection } from './IdentitySection.tsx'
import { LayoutsSection } from './LayoutsSection.tsx'
import { MessagesSection } from './MessagesSection.tsx'
import { NewsSection } from './NewsSection.tsx'
import { PresetsSection } from './PresetsSection.tsx'
import { RatesSection } from './RatesSection.tsx'
import { ReportsSection } from './ReportsSection.tsx'
import { RulesSection } from './RulesSection.tsx'
import { GROUPS, SETTINGS, sectionsFor, sectionTitle } from './sections.ts'
import { TemplatesSection } from './TemplatesSection.tsx'
import styles from './Settings.module.css'

const OWN: Readonly<Record<string, () => ReactNode>> = {
  identity: () => <IdentitySection />, rules: () => <RulesSection />, departments: () => <DepartmentsSection />, 'crew-roles': () => <CrewRolesSection />,
  skills: () => <SkillsSection />, certifications: () => <CertificationKindsSection />, rates: () => <RatesSection />, templates: () => <TemplatesSection />, messages: () => <MessagesSection />, presets: () => <PresetsSection />,
  layouts: () => <LayoutsSection />, contracts: () => <EmployerSection />, 'contract-templates': () => <ContractTemplatesSection />, flags: () => <FlagsSection />, reports: () => <ReportsSection />, server: () => <ServerSection />, venue: () => <VenueSection />, news: () => <NewsSection />,
}

/** Pages of their own, found among the settings. */
const ELSEWHERE: Readonly<Record<string, (org: string) => string>> = { data: paths.data, members: paths.members, me: paths.me }

interface SettingsPageProps {
  section: string
  /** Sections written elsewhere (members, roles, me): drawn in the same frame. */
  others?: Readonly<Record<string, () => ReactNode>>
}

/** Settings of the organization and of this computer: sections at the left, searched with Ctrl+F, one shown at a time. */
export function SettingsPage({ section, others = {} }: SettingsPageProps) {
  const t = useT()
  const org = useOrg()
  const asked = useAnswer(getOrganization, {})
  const moving = useIsMoving(org)
  if (!org) return null
  const draw = OWN[section] ?? others[section]
  const elsewhere = ELSEWHERE[section]
  if (elsewhere) return <Redirect to={elsewhere(org)} replace />
  if (!draw) return <Redirect to={paths.settings(org, 'identity')} replace />
  return (
    <Page title={t('settings.title')} scope={sectionTitle(t, section)}>
      <div className={styles['frame']}>
        <SettingsNav org={org} section={section} known={new Set([...Object.keys(OWN), ...Object.keys(others), ...Object.keys(ELSEWHERE)])} />
        <div className={styles['content']} tabIndex={0} role="region" data-region="content" aria-label={sectionTitle(t, section)} key={section}>
          {asked.failure && !moving ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : asked.answer ? draw() : <LoadingSkeleton />}
        </div>
      </div>
    </Page>
  )
}

export function SettingsNav({ org, section, known }: { org: string; section: string; known: ReadonlySet<string> }) {
  const t = useT()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  useActions([
    {
      id: 'settings.search',
      label: t('settings.search'),
      keys: 'mod+f',
      group: 'page',
      run: () => {
        input.current?.focus()
        input.current?.select()
      },
    },
  ])
  const venue = useMayVenue()
  const found = sectionsFor(t, typed, SETTINGS.filter(({ id }) => known.has(id) && (id !== 'venue' || venue)))
  const pathOf = (id: string): string => ELSEWHERE[id]?.(org) ?? paths.settings(org, id)
  return (
    <nav className={styles['nav']} data-region="filters" aria-label={t('settings.sections')}>
      <label className={styles['search']}>
        <Search size={14} aria-hidden />
        <input
          ref={input}
          aria-label={t('settings.search')}
          placeholder={t('settings.search')}
          aria-keyshortcuts="Control+F"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found
            if (event.key === 'Enter' && typed !== '' && first) go(pathOf(first.id))
            if (event.key === 'Escape') setTyped('')
          }}
        />
      </label>
      {found.length === 0 && (
        <p className={styles['muted']} role="status">
          {t('settings.search_none', { text: typed })}
        </p>
      )}
      {GROUPS.map((group) => {
        const inside = found.filter((one) => one.group === group)
        if (inside.length === 0) return null
        return (
          <section key={group}>
            <h2>{t(`settings.group.${group}`)}</h2>
            <ul>
              {inside.map(({ id }) => (
                <li key={id}>
                  <Link href={pathOf(id)} className={styles['item']} aria-current={id === section ? 'page' : undefined}>
                    {sectionTitle(t, id)}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}
