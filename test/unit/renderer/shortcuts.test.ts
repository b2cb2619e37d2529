import { expect, test } from 'vitest'
import { keyWords } from '../../../renderer/app/key-words.ts'
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

test('digits are read by their place, so that Alt 1 is the same key on every keyboard', () => expect(chordOf({ ...key('&', { altKey: true }), code: 'Digit1' })).toBe('alt+1'))

test.each([
  ['mod+shift+z', 'fr', 'Ctrl Maj Z'],
  ['mod+Enter', 'fr', 'Ctrl Entrée'],
  ['g v', 'en', 'G V'],
  ['shift+F6', 'en', 'Shift F6'],
] as const)('%s is said in the words of the keyboard (%s)', (keys, language, said) => expect(keyWords(keys, language)).toBe(said))
