import { useT } from '../../i18n/index.ts'
import { sectionsFor, sectionTitle } from '../../pages/settings/sections.ts'
import { useOfferedActions } from '../actions.ts'
import { useReadsContracts } from '../contract-reader.ts'
import { useReadsCosts } from '../cost-reader.ts'
import { useFound } from '../found.ts'
import { useKeeper } from '../keeper.ts'
import { useKeyWords } from '../key-words.ts'
import { useProjects } from '../projects.ts'
import { useRecent } from '../recent.ts'
import { paths, useGo, usePlace } from '../routes.ts'
import { useMayVenue } from '../sync/status.ts'
import { doorsFrom } from './doors.ts'
import { inOrder } from './palette-order.ts'

export interface Entry {
  key: string
  label: string
  words?: string
  /** What it is, said at the right. */
  kind: string
  keys?: string
  off?: string
  run: () => void
  /** Chosen again among the recent ones. */
  path?: string
  /** Makes something of the words instead of finding it. */
  creates?: true
}

/** `/` pages and settings, `>` actions, `@` people, `#` missions; plain text is all of them; nothing typed shows what was opened last. */
export function useEntries(typed: string): readonly Entry[] {
  const t = useT()
  const go = useGo()
  const place = usePlace()
  const offered = useOfferedActions()
  const recently = useRecent()
  const keyWords = useKeyWords()
  const venue = useMayVenue()
  const projects = useProjects()
  const mark = /^[/>@#]/.exec(typed)?.[0] ?? ''
  const words = typed.slice(mark.length).trim()
  const searched = mark === '' || mark === '@' || mark === '#'
  const found = useFound(searched ? words : '', mark === '@' ? 'collaborator' : mark === '#' ? 'mission' : null)
  const doors = doorsFrom(place, { keeper: useKeeper(false), costs: useReadsCosts(place.project), contracts: useReadsContracts(place.project) })
  const { org } = place
  const pages: Entry[] = [...doors.project, ...doors.organization].map(({ page, label, path, keys }) => ({
    key: `page-${path}`,
    label: t(label),
    kind: t('palette.pages'),
    words: page,
    path,
    ...(keys ? { keys: keyWords(keys) } : {}),
    run: () => go(path),
  }))
  const others: Entry[] = projects.flatMap(({ id, name }) => (org && id !== place.project ? [{ key: `project-${id}`, label: name, kind: t('entity.project'), path: paths.overview(org, id), run: () => go(paths.overview(org, id)) }] : []))
  const settings: Entry[] = org
    ? sectionsFor(t, words).filter(({ id }) => id !== 'venue' || venue).map(({ id }) => ({ key: `setting-${id}`, label: sectionTitle(t, id), words, kind: t('palette.setting'), path: pathOfSection(org, id), run: () => go(pathOfSection(org, id)) }))
    : []
  const actions: Entry[] = offered
    .filter(({ group }) => group !== 'go')
    .map(({ id, label, keys, off, run }) => ({
      key: `action-${id}`,
      label,
      kind: t('palette.actions'),
      ...(keys ? { keys: keyWords(keys) } : {}),
      ...(off ? { off } : {}),
      run,
    }))
  const records: Entry[] = found.hits.map(({ key, title, detail, path }) => ({ key, label: title, kind: detail ?? '', path, run: () => go(path) }))
  const named = encodeURIComponent(words)
  /** Nothing is called what was typed: something new may be (ui 7.3), of the kinds the mark asks for and the person may make. */
  const creations: Entry[] =
    found.answered && found.hits.length === 0 && words.length > 1 && org
      ? ([
          ['mission', place.project && `${paths.missions(org, place.project)}?new=mission&named=${named}`, '#'],
          ['collaborator', `${paths.people(org)}?sel=new&named=${named}`, '@'],
        ] as const).flatMap(([kind, path, own]) =>
          path && (mark === '' || mark === own) && offered.some(({ id }) => NEW_OF[kind].includes(id)) ? [{ key: `create-${kind}`, label: t('palette.create', { q: words }), kind: t(`entity.${kind}`), creates: true, run: () => go(path) }] : [],
        )
      : []
  if (typed === '') {
    const recent = recently.org === org ? recently.visits.map((visit) => ({ ...visit, key: `recent-${visit.key}`, kind: `${t('palette.recent')} · ${visit.kind}`, run: () => go(visit.path) })) : []
    return [...recent, ...pages, ...actions]
  }
  if (mark === '/') return inOrder([...pages, ...others, ...settings], words)
  if (mark === '>') return inOrder(actions, words)
  if (mark !== '') return [...inOrder(records, words).concat(records.filter((entry) => inOrder([entry], words).length === 0)), ...creations]
  const ordered = inOrder([...records, ...pages, ...others.filter(({ label }) => !records.some((record) => record.label === label)), ...actions, ...settings], words)
  // The core also finds by fields that are not in the title.
  return ordered.length === 0 && records.length === 0 ? creations : [...ordered, ...records.filter((entry) => !ordered.includes(entry))]
}

/** The actions by which a page or the shell offers to make one. */
const NEW_OF: Readonly<Record<'mission' | 'collaborator', readonly string[]>> = { mission: ['new.mission', 'missions.new'], collaborator: ['new.person', 'people.new'] }

const pathOfSection = (org: string, id: string): string => (id === 'data' ? paths.data(org) : id === 'members' || id === 'roles' ? paths.members(org) : id === 'me' ? paths.me(org) : paths.settings(org, id))
