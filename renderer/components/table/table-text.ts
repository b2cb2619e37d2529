import { isValidElement } from 'react'
import type { ReactNode } from 'react'

/** Rows as spreadsheets paste them: tabs and line ends inside a cell become spaces, nothing can break out of its cell. */
export const tsv = (lines: readonly (readonly string[])[]): string => lines.map((line) => line.map(cellText).join('\t')).join('\n')

const cellText = (text: string): string => text.replace(/[\t\r\n]+/g, ' ').trim()

/** The words of what a cell draws, when they are in plain elements: `<strong>Anouk</strong>`. Components say theirs by `text`. */
export function plainText(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map((part: ReactNode) => plainText(part)).join('')
  if (isValidElement<{ children?: ReactNode }>(node)) return plainText(node.props.children)
  return ''
}
