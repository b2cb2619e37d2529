import { ChevronDown, Inbox, Search } from 'lucide-react'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { Link } from 'wouter'
import { Menu } from '../../components/Menu.tsx'
import type { MenuGroup } from '../../components/Menu.tsx'
import { useT } from '../../i18n/index.ts'
import { useHandled } from '../handled.ts'
import { signOut } from '../host-operations.ts'
import type { AppState } from '../host-operations.ts'
import { DENSITIES, LANGUAGES, TEXT_SCALES, THEMES, usePreferences } from '../preferences.ts'
import { lockNow, toggleAmounts } from '../presence.ts'
import { useProjects } from '../projects.ts'
import { useCommand } from '../queries.ts'
import { paths, useGo, usePlace } from '../routes.ts'
import { SyncPill } from '../sync/SyncPill.tsx'
import styles from './Shell.module.css'

export function TopBar({ state, closed, onCommand }: { state: AppState; closed: boolean; onCommand: () => void }) {
  const t = useT()
  return (
    <header className={styles['top']} data-region="top" aria-label={t('nav.topbar')}>
      <Mark />
      <OrganizationSwitch state={state} />
      {!closed && <ProjectSwitch />}
      <button type="button" className={styles['command']} disabled={closed} onClick={onCommand} aria-keyshortcuts="Control+K">
        <Search size={14} aria-hidden />
        <span>{t('palette.open')}</span>
        <kbd className={styles['key']} aria-hidden>
          Ctrl K
        </kbd>
      </button>
      <SyncPill closed={closed} />
      {!closed && <InboxDoor />}
      <UserMenu state={state} />
    </header>
  )
}

export const Mark = () => (
  <div className={styles['mark']} aria-hidden>
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round">
      <path d="M2.5 4h7M5.5 8h8M2.5 12h5" />
    </svg>
  </div>
)

function InboxDoor() {
  const t = useT()
  const { org } = usePlace()
  const { organization: count } = useHandled(false)
  if (!org) return null
  return (
    <Link href={paths.inbox(org)} className={styles['inbox']} aria-label={count > 0 ? `${t('nav.inbox')}, ${t('nav.waiting', { count })}` : t('nav.inbox')} title={t('nav.inbox')}>
      <Inbox size={18} strokeWidth={1.75} aria-hidden />
      {count > 0 && <b className={styles['badge']} aria-hidden>{count > 99 ? '99+' : count}</b>}
    </Link>
  )
}

interface SwitchProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind: string
  name: string
  /** Said beside the kind: this is the demonstration. */
  badge?: string | null
  ref?: Ref<HTMLButtonElement>
}

const Switch = ({ kind, name, badge, ref, ...rest }: SwitchProps) => (
  <button type="button" title={name} {...rest} ref={ref} className={styles['switch']}>
    <small>
      {kind}
      {badge && <i className={styles['demo']}>{badge}</i>}
    </small>
    <b>{name}</b>
    <ChevronDown size={14} aria-hidden />
  </button>
)

function OrganizationSwitch({ state }: { state: AppState }) {
  const t = useT()
  const go = useGo()
  const { org } = usePlace()
  const current = state.organizations.find((organization) => organization.id === org)
  const groups: MenuGroup[] = [
    {
      key: 'organizations',
      label: t('switch.organization'),
      choices: state.organizations.map((organization) => ({
        key: organization.id,
        label: organization.name,
        checked: organization.id === org,
        onChoose: () => go(paths.organization(organization.id)),
      })),
    },
    { key: 'new', choices: [{ key: 'new', label: t('switch.new_organization'), onChoose: () => go(paths.welcome) }] },
  ]
  return <Menu trigger={<Switch kind={t('nav.organization')} name={current?.name ?? '—'} badge={current?.demo ? t('switch.demo') : null} />} groups={groups} />
}

/** The same page of another project. */
function samePage(org: string, project: string, page: string): string {
  const same: Readonly<Record<string, ((org: string, project: string) => string) | undefined>> = {
    missions: paths.missions, planning: paths.planning, sheets: paths.sheets, crew: paths.crew, locations: paths.projectLocations, import: paths.import, settings: paths.project,
  }
  return (same[page] ?? paths.overview)(org, project)
}

function ProjectSwitch() {
  const t = useT()
  const go = useGo()
  const { org, project, page } = usePlace()
  const projects = useProjects()
  if (!org) return null
  const current = projects.find((candidate) => candidate.id === project)
  const groups: MenuGroup[] = [
    ...(projects.length > 0
      ? [
          {
            key: 'projects',
            label: t('switch.project'),
            choices: projects.map((candidate) => ({
              key: candidate.id,
              label: candidate.name,
              checked: candidate.id === project,
              onChoose: () => go(samePage(org, candidate.id, page)),
            })),
          },
        ]
      : []),
    { key: 'all', choices: [{ key: 'all', label: t('switch.all_projects'), onChoose: () => go(paths.organization(org)) }] },
  ]
  return (
    <>
      <span className={styles['slash']} aria-hidden>
        /
      </span>
      <Menu trigger={<Switch kind={t('nav.project')} name={current?.name ?? t('nav.no_project')} />} groups={groups} />
    </>
  )
}

const Face = ({ name }: { name: string }) => (
  <svg className={styles['face']} viewBox="0 0 26 26" aria-hidden>
    <text x="13" y="17" textAnchor="middle">
      {initials(name)}
    </text>
  </svg>
)

const initials = (name: string): string =>
  name.split(/[\s-]+/).map((word) => word[0] ?? '').slice(0, 2).join('').toUpperCase()

function UserMenu({ state }: { state: AppState }) {
  const t = useT()
  const go = useGo()
  const { org } = usePlace()
  const { language, theme, density, textScale, set } = usePreferences()
  const leave = useCommand(signOut, { org: null })
  const name = state.session?.name ?? ''
  const groups: MenuGroup[] = [
    { key: 'language', label: t('user.language'), choices: LANGUAGES.map((code) => ({ key: code, label: t(`language.${code}`), checked: code === language, onChoose: () => set({ language: code }) })) },
    { key: 'theme', label: t('user.theme'), choices: THEMES.map((code) => ({ key: code, label: t(`theme.${code}`), checked: code === theme, onChoose: () => set({ theme: code }) })) },
    { key: 'density', label: t('user.density'), choices: DENSITIES.map((code) => ({ key: code, label: t(`density.${code}`), checked: code === density, onChoose: () => set({ density: code }) })) },
    { key: 'scale', label: t('user.text_scale'), choices: TEXT_SCALES.map((code) => ({ key: code, label: `${code} %`, checked: code === textScale, onChoose: () => set({ textScale: code }) })) },
    {
      key: 'out',
      choices: [
        ...(org ? [{ key: 'me', label: t('me.title'), onChoose: () => go(paths.me(org)) }] : []),
        { key: 'amounts', label: t('amounts.toggle'), onChoose: () => void toggleAmounts(state).catch(() => undefined) },
        { key: 'lock', label: t('lock.now'), onChoose: () => void lockNow().catch(() => undefined) },
        { key: 'out', label: t('user.sign_out'), onChoose: () => void leave.run({}) },
      ],
    },
  ]
  return (
    <Menu
      align="end"
      groups={groups}
      trigger={
        <button type="button" className={styles['user']}>
          <Face name={name} />
          <b>{name}</b>
          <span className="visually-hidden">{t('user.menu')}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      }
    />
  )
}
