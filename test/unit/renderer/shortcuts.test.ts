import { expect, test } from 'vitest'
import { chordOf } from '../../../renderer/app/shortcuts.ts'

const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

test.each([
  [key('K', { ctrlKey: true }), 'mod+k'],
  [key('k', { metaKey: true }), 'mod+k'],
  [key('Z', { ctrlKey: true, shiftKey: true }), 'mod+shift+z'],
  [key('?', { shiftKey: true }), '?'],
  [key('/'), '/'],
  [key('F6', { shiftKey: true }), 'shift+F6'],
  [key('Enter', { ctrlKey: true }), 'mod+Enter'],
])('a key is named by the character typed, whatever the keyboard: %o', (event, name) => expect(chordOf(event)).toBe(name))
