export interface Hit {
  key: string
  title: string
  detail?: string
  path: string
}
export const useFound = (_words: string, _entity: 'collaborator' | 'mission' | null): readonly Hit[] => []
