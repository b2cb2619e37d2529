import { createContext, useContext } from 'react'
import type { Instant } from '../../shared/kernel/instants.ts'

/** The project of the address, once read: pages below it need not ask again. */
export interface ProjectContext {
  org: string
  id: string
  name: string
  zone: string
  start_at: Instant
  end_at: Instant
  archived: boolean
  can: ReadonlySet<string>
}

/** null: the page stands outside any project. */
export const ProjectAround = createContext<ProjectContext | null>(null)
export const ProjectProvider = ProjectAround.Provider

export function useProject(): ProjectContext {
  const project = useContext(ProjectAround)
  if (!project) throw new Error('this page is shown inside a project')
  return project
}
