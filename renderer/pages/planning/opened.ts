/** What stands in the panel, in the address: `01J…` an assignment, `mission:01J…`, `need:01J…`, `new` and `new:01J…` people being assigned, `plans` and `plan:01J…` what was published. */
export type Opened =
  | { readonly kind: 'assignment'; readonly id: string }
  | { readonly kind: 'mission'; readonly id: string }
  | { readonly kind: 'need'; readonly id: string }
  /** `id` null: all of them. */
  | { readonly kind: 'plans'; readonly id: string | null }
  | { readonly kind: 'assign'; readonly mission: string | null }

export function readOpened(text: string): Opened | null {
  if (text === '') return null
  const [head = '', id] = text.split(':')
  if (text === 'plans') return { kind: 'plans', id: null }
  if (id !== undefined && head === 'plan') return { kind: 'plans', id }
  if (head === 'new') return { kind: 'assign', mission: id ?? null }
  if (id !== undefined && (head === 'mission' || head === 'need')) return { kind: head, id }
  return { kind: 'assignment', id: text }
}

export const openMission = (id: string): string => `mission:${id}`
export const openNeed = (id: string): string => `need:${id}`
/** `mission`: the one people are assigned to; null: they choose it. */
export const openAssign = (mission: string | null): string => (mission === null ? 'new' : `new:${mission}`)
/** `id`: one published plan; null: all of them. */
export const openPlan = (id: string | null): string => (id === null ? 'plans' : `plan:${id}`)
