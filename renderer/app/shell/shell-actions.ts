import { collaborators } from '../../../shared/domain/people/operations.ts'
import { getProject } from '../../../shared/domain/planning/operations.ts'
import { listSheets } from '../../../shared/domain/runsheets/operations.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { useActions } from '../actions.ts'
import type { Action } from '../actions.ts'
import { useReadsContracts } from '../contract-reader.ts'
import { useReadsCosts } from '../cost-reader.ts'
import { openDemo } from '../host-operations.ts'
import type { AppState } from '../host-operations.ts'
import { useKeeper } from '../keeper.ts'
import { LANGUAGES, THEMES, usePreferences } from '../preferences.ts'
import { useAnswer, useCommand } from '../queries.ts'
import { focusRegion } from '../regions.ts'
import { paths, useGo, usePlace } from '../routes.ts'
import { syncNow } from '../sync/operations.ts'
import { useSyncStatus } from '../sync/status.ts'
import { useUndo } from '../undo.ts'
import { doorsFrom } from './doors.ts'

interface ShellGestures {
  state: AppState
  closed: boolean
  onPalette: () => void
  onShortcuts: () => void
  onRail: () => void
  /** Making the demonstration anew is asked first: what was tried in it goes. */
  onDemoAgain: (date: DemoDate) => void
}

export type DemoDate = 'now' | 'clock_change'

const following = <T>(all: readonly T[], now: T): T | undefined => all[(all.indexOf(now) + 1) % all.length]

/** What can be done from everywhere: go somewhere, make something, the app itself. */
export function useShellActions({ state, closed, onPalette, onShortcuts, onRail, onDemoAgain }: ShellGestures): void {
  const t = useT()
  const go = useGo()
  const place = usePlace()
  const { theme, language, set } = usePreferences()
  const undo = useUndo()
  const doors = doorsFrom(closed ? { ...place, org: null } : place, { keeper: useKeeper(closed), costs: useReadsCosts(closed ? null : place.project), contracts: useReadsContracts(closed ? null : place.project) })
  const goes = [...doors.project, ...doors.organization].map(
    ({ label, path, keys }): Action => ({ id: `go ${path}`, label: t('app.go', { page: t(label) }), group: 'go', run: () => go(path), ...(keys ? { keys } : {}) }),
  )
  useActions([
    ...goes,
    ...useMakings(closed),
    ...useSyncActions(closed),
    ...useDemo(state, onDemoAgain),
    { id: 'palette', label: t('palette.open'), keys: 'mod+k', group: 'app', run: () => !closed && onPalette() },
    { id: 'shortcuts', label: t('shortcuts.title'), keys: '?', group: 'app', run: onShortcuts },
    { id: 'undo', label: t('action.undo'), keys: 'mod+z', group: 'app', run: undo.undo },
    { id: 'redo', label: t('action.redo'), keys: 'mod+shift+z', group: 'app', run: undo.redo },
    { id: 'rail', label: t('app.rail'), keys: 'mod+b', group: 'app', run: onRail },
    {
      id: 'theme',
      label: t('app.cycle_theme'),
      keys: 'mod+shift+t',
      group: 'app',
      run: () => {
        const next = following(THEMES, theme) ?? 'system'
        set({ theme: next })
        announce(t('theme.said', { name: t(`theme.${next}`) }))
      },
    },
    { id: 'language', label: t('language.next'), group: 'app', run: () => set({ language: following(LANGUAGES, language) ?? 'fr' }) },
    { id: 'region.next', label: t('app.next_region'), keys: 'F6', group: 'app', run: () => focusRegion(1) },
    { id: 'region.before', label: t('app.previous_region'), keys: 'shift+F6', group: 'app', run: () => focusRegion(-1) },
    { id: 'filter.focus', label: t('app.filter'), keys: '/', group: 'page', run: () => focusFilter(t('app.no_filter')) },
  ])
}

/** The queue of what is not sent, and sending now (never saving: everything is saved as it is typed). */
function useSyncActions(closed: boolean): Action[] {
  const t = useT()
  const go = useGo()
  const { org } = usePlace()
  const status = useSyncStatus(!closed)
  const now = useCommand(syncNow)
  if (!org || closed || !status) return []
  const local = status.phase === 'local'
  return [
    { id: 'go sync', label: t('app.go', { page: t('pill.block') }), keys: 'g y', group: 'go', run: () => go(local ? paths.settings(org, 'server') : paths.sync(org)) },
    {
      id: 'sync.now',
      label: t('pill.send_now'),
      keys: 'mod+s',
      group: 'app',
      run: () => {
        announce(local ? t('pill.local_about') : t('pill.sent_now'))
        if (!local) void now.run({})
      },
    },
  ]
}

/** The field to filter with, else the first filter; a page without any says so. */
function focusFilter(none: string): void {
  const filter = document.querySelector<HTMLElement>('[data-filter]') ?? document.querySelector<HTMLElement>('[data-region=filters] :is(button, select, input)')
  if (filter) filter.focus()
  else announce(none)
}

/** New records, from any page, for who may make them; each opens where its page makes it. */
function useMakings(closed: boolean): Action[] {
  const t = useT()
  const go = useGo()
  const { org, project } = usePlace()
  // The organization does not say what may be done with its directory, the list does.
  const directory = useAnswer(collaborators.list, org && !closed ? { limit: 1 } : null, { keep: false }).answer
  const inProject = useAnswer(getProject, org && project && !closed ? { id: project } : null, { keep: false }).answer
  // A sheet is made of missions: what may be done with the list says it, the project does not.
  const sheets = useAnswer(listSheets, org && project && !closed ? { project_id: project, limit: 1 } : null, { keep: false }).answer
  if (!org || closed) return []
  const making = (id: string, label: string, keys: string, path: string): Action => ({ id: `new.${id}`, label, keys, group: 'new', run: () => go(path) })
  return [
    ...(project && inProject?.can.has('mission.create') ? [making('mission', t('new.mission'), 'n m', `${paths.missions(org, project)}?new=mission`)] : []),
    ...(project && inProject?.can.has('assignment.create_many') ? [making('assignment', t('new.assignment'), 'n a', `${paths.planning(org, project)}?sel=new`)] : []),
    ...(project && sheets?.can.has('sheet.prepare') ? [making('sheet', t('new.sheet'), 'n s', `${paths.sheets(org, project)}?new=sheet`)] : []),
    ...(directory?.can.has('collaborator.create') ? [making('person', t('new.person'), 'n p', `${paths.people(org)}?sel=new`)] : []),
  ]
}

/** The demonstration is opened from anywhere, and made anew from inside it. */
function useDemo({ organizations }: AppState, onAgain: (date: DemoDate) => void): Action[] {
  const t = useT()
  const go = useGo()
  const { org } = usePlace()
  const demo = useCommand(openDemo, { org: null })
  const inside = organizations.some((organization) => organization.demo && organization.id === org)
  const open = (): void => void demo.run({}).then((answer) => answer && go(paths.organization(answer.value.id)))
  if (!inside) return [{ id: 'demo', label: t('app.demo_open'), group: 'app', run: open }]
  return [
    { id: 'demo again', label: t('app.demo_again'), group: 'app', run: () => onAgain('now') },
    { id: 'demo clock', label: t('app.demo_clock'), group: 'app', run: () => onAgain('clock_change') },
  ]
}
