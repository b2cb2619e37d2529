import { readable } from '../../app/routes.ts'

/** What a saved view keeps of an address: filters, sort, size of the page and columns; not the page, the chosen rows or the open record. */
const MOMENTARY = ['sel', 'pick', 'page']

export function viewOf(search: string): string {
  const parameters = new URLSearchParams(search)
  for (const name of MOMENTARY) parameters.delete(name)
  parameters.sort()
  return readable(parameters)
}

/** The address shows exactly this view, whatever page or record is open. */
export const isView = (search: string, query: string): boolean => viewOf(search) === viewOf(query)

/** `1` to `9` of the key pressed with Alt, by its place on the keyboard: French keyboards write other signs there. */
export function viewNumber(event: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'code'>): number | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null
  const found = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)
  return found ? Number(found[1]) : null
}
