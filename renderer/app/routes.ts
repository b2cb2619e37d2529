import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation, useRoute, useSearchParams } from 'wouter'

/** Addresses of the pages; the whole view state is in them, so that a link shows the same view. */
export const paths = {
  welcome: '/welcome',
  organization: (org: string) => `/o/${org}`,
  people: (org: string) => `/o/${org}/directory`,
  availability: (org: string, person: string) => `/o/${org}/directory/${person}/availability`,
  retention: (org: string) => `/o/${org}/directory/retention`,
  locations: (org: string) => `/o/${org}/locations`,
  audit: (org: string) => `/o/${org}/audit`,
  data: (org: string) => `/o/${org}/data`,
  settings: (org: string, section: string) => `/o/${org}/settings/${section}`,
  /** The queue, what was kept, the last exchanges. */
  sync: (org: string) => `/o/${org}/sync`,
  syncConflicts: (org: string) => `/o/${org}/sync/conflicts`,
  syncConflict: (org: string, command: string) => `/o/${org}/sync/conflicts/${command}`,
  console: (org: string) => `/o/${org}/settings/server/console`,
  members: (org: string) => `/o/${org}/members`,
  me: (org: string) => `/o/${org}/me`,
  inbox: (org: string) => `/o/${org}/inbox`,
  help: (org: string, chapter?: string) => `/o/${org}/help${chapter ? `/${chapter}` : ''}`,
  crew: (org: string, project: string) => `/o/${org}/p/${project}/crew`,
  overview: (org: string, project: string) => `/o/${org}/p/${project}/overview`,
  project: (org: string, project: string) => `/o/${org}/p/${project}/settings`,
  projectLocations: (org: string, project: string) => `/o/${org}/p/${project}/locations`,
  missions: (org: string, project: string) => `/o/${org}/p/${project}/missions`,
  mission: (org: string, project: string, mission: string) => `/o/${org}/p/${project}/missions/${mission}`,
  planning: (org: string, project: string) => `/o/${org}/p/${project}/planning`,
  costs: (org: string, project: string) => `/o/${org}/p/${project}/costs`,
  contracts: (org: string, project: string) => `/o/${org}/p/${project}/contracts`,
  contract: (org: string, project: string, contract: string) => `/o/${org}/p/${project}/contracts/${contract}`,
  sheets: (org: string, project: string) => `/o/${org}/p/${project}/sheets`,
  sheet: (org: string, project: string, sheet: string) => `/o/${org}/p/${project}/sheets/${sheet}`,
  compareSheet: (org: string, project: string, sheet: string) => `/o/${org}/p/${project}/sheets/${sheet}/compare`,
  import: (org: string, project: string) => `/o/${org}/p/${project}/import`,
} as const

export interface Place {
  org: string | null
  project: string | null
  /** Last part: `missions`, `directory`... */
  page: string
}

/** Where the address bar is. */
export function usePlace(): Place {
  const [inOrganization, organization] = useRoute('/o/:org/*?')
  const [inProject, project] = useRoute('/o/:org/p/:project/*?')
  const org = inOrganization ? organization.org : null
  const rest = inProject ? (project['*'] ?? '') : inOrganization ? (organization['*'] ?? '') : ''
  return { org, project: inProject ? project.project : null, page: rest.split('/')[0] ?? '' }
}

export const useOrg = (): string | null => usePlace().org

export interface UrlState {
  get(name: string): string
  /** Empty texts leave the address. `push` makes a step of the browser's history. */
  set(changes: Readonly<Record<string, string | null>>, how?: 'replace' | 'push'): void
}

/** Filters, sort, selection of a page, in a stable order. */
export function useUrlState(): UrlState {
  const [parameters] = useSearchParams()
  const [here, navigate] = useLocation()
  const get = useCallback((name: string) => parameters.get(name) ?? '', [parameters])
  const set = useCallback<UrlState['set']>(
    (changes, how = 'replace') => {
      // A panel whose answer comes once the person went elsewhere must not bring its page back.
      if (window.location.pathname !== here) return
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      next.sort()
      const text = readable(next)
      if (text === window.location.search.slice(1)) return
      navigate(text ? `${here}?${text}` : here, { replace: how === 'replace' })
    },
    [navigate, here],
  )
  return { get, set }
}

/** `dept=LUM,SON&state=!canceled`: what a query may hold as it is stays as it is, so that a link can be read. */
export const readable = (parameters: URLSearchParams): string => parameters.toString().replace(/%(2C|21|2A|7E|3A|2F)/g, (sign) => decodeURIComponent(sign))

export function useGo(): (path: string) => void {
  const [, navigate] = useLocation()
  return navigate
}

/** The name that the palette was asked to create: given once to the form that makes it, then gone from the address. */
export function useNamed(take: (name: string) => void): void {
  const url = useUrlState()
  const named = url.get('named')
  const latest = useRef(take)
  useLayoutEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    if (!named) return
    latest.current(named)
    url.set({ named: null })
  }, [named, url])
}
