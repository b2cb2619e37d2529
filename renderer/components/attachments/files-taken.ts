/** What is said of files before they are sent: too large, empty, already there. Pure. */

/** Largest file that the core keeps with a record. */
export const LARGEST_FILE_BYTES = 100 * 1024 * 1024

export interface TakenFile {
  name: string
  type: string
  size: number
}
export type Refusal = 'too_large' | 'empty' | 'too_many'
/** At most so many in one gesture. */
export const MOST_FILES = 50

export function refusalOf(file: TakenFile, index: number): Refusal | null {
  if (index >= MOST_FILES) return 'too_many'
  if (file.size > LARGEST_FILE_BYTES) return 'too_large'
  return file.size === 0 ? 'empty' : null
}

/** A pasted image has no name of its own: `image 2026-10-24 14-30-05.png`. */
export function nameOf(file: TakenFile, word: string, moment: string): string {
  const ending = /^image\/(png|jpeg|gif|webp)$/.exec(file.type)?.[1]?.replace('jpeg', 'jpg')
  const unnamed = file.name === '' || /^image\.(png|jpe?g|gif|webp)$/i.test(file.name)
  if (unnamed && ending) return `${word} ${moment.slice(0, 10)} ${moment.slice(11, 19).replaceAll(':', '-')}.${ending}`
  return (file.name || word).slice(-255)
}

/** Types of files as the list draws them. */
export type FileKind = 'pdf' | 'image' | 'table' | 'text' | 'sound' | 'video' | 'archive' | 'drawing' | 'other'
export function kindOf({ name, type }: Pick<TakenFile, 'name' | 'type'>): FileKind {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (type === 'application/pdf' || ending === 'pdf') return 'pdf'
  if (['dwg', 'dxf', 'vwx', 'skp', 'mvr', 'gdtf'].includes(ending)) return 'drawing'
  if (type.startsWith('image/')) return 'image'
  if (type.startsWith('audio/')) return 'sound'
  if (type.startsWith('video/')) return 'video'
  if (['csv', 'tsv', 'xlsx', 'xls', 'ods', 'numbers'].includes(ending)) return 'table'
  if (['zip', '7z', 'tar', 'gz', 'rar'].includes(ending)) return 'archive'
  if (type.startsWith('text/') || ['doc', 'docx', 'odt', 'rtf', 'txt', 'md', 'fdx'].includes(ending)) return 'text'
  return 'other'
}

/** Shown in the app itself; everything else is saved and opened by its own program. */
export const isShown = (file: Pick<TakenFile, 'name' | 'type'>): boolean => kindOf(file) === 'pdf' || ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(file.type)
