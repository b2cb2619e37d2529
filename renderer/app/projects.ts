export interface ProjectRef {
  id: string
  name: string
}
export const useProjects = (): readonly ProjectRef[] => []
