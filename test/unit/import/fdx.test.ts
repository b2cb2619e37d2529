/** Scripts of Final Draft: what is read, and what is refused with its line. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FdxRefusal, readFdx } from '../../../shared/documents/import/fdx.ts'
import { parseEighths, parseHeading, speakerName } from '../../../shared/documents/import/fdx-words.ts'

const sample = readFileSync(new URL('../../fixtures/scripts/la-digue.fdx', import.meta.url))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const script = (content: string): string => `<?xml version="1.0"?>\n<FinalDraft DocumentType="Script">\n<Content>\n${content}\n</Content>\n</FinalDraft>`
const scene = (number: string, heading: string): string => `<Paragraph Number="${number}" Type="Scene Heading"><Text>${heading}</Text></Paragraph>`
function refusal(text: string | Uint8Array): [string, number | null] {
  try {
    readFdx(typeof text === 'string' ? bytes(text) : text)
  } catch (error) {
    if (error instanceof FdxRefusal) return [error.code, error.line]
    throw error
  }
  throw new Error('it was read')
}

describe('a Final Draft script', () => {
  it('gives its scenes with place, moment, length and who speaks in them', () => {
    const { scenes, characters, problems } = readFdx(sample)
    expect(scenes.map(({ number, int_ext, set, effect, eighths, characters: names }) => [number, int_ext, set, effect, eighths, names])).toEqual([
      ['1', 'EXT', 'DIGUE', 'AUBE', 11, ['MAUD', 'L’ÉCLUSIER']],
      ['2', 'INT/EXT', 'CAMIONNETTE', 'AUBE', 5, ['SACHA', 'MAUD']],
      ['2A', 'INT', 'MAISON DE L’ÉCLUSIER - CUISINE', 'NUIT', 16, ['L’ÉCLUSIER']],
    ])
    expect(characters.map(({ name, scenes: count }) => [name, count])).toEqual([['MAUD', 2], ['L’ÉCLUSIER', 2], ['SACHA', 1]])
    expect(problems).toEqual([])
    expect(scenes.map(({ line }) => line)).toEqual([5, 24, 50])
  })

  it('is read in UTF-16 as in UTF-8', () => {
    const text = `\uFEFF${sample.toString('utf8')}`
    expect(readFdx(Buffer.from(text, 'utf16le')).scenes).toEqual(readFdx(sample).scenes)
  })

  it('says what it could not take: a heading without words, a number given twice, scenes without numbers', () => {
    const odd = readFdx(bytes(script(`${scene('1', 'INT. A - JOUR')}\n${scene('1', 'INT. B - JOUR')}\n${scene('3', '')}`)))
    expect(odd.scenes).toHaveLength(1)
    expect(odd.problems.map(({ code, line, found }) => [code, line, found])).toEqual([['fdx.number_twice', 5, '1'], ['fdx.no_heading', 6, '3']])
    const unnumbered = readFdx(bytes(script('<Paragraph Type="Scene Heading"><Text>INT. A</Text></Paragraph><Paragraph Type="Scene Heading"><Text>EXT. B</Text></Paragraph>')))
    expect(unnumbered.scenes.map(({ number }) => number)).toEqual(['1', '2'])
    expect(unnumbered.problems.map(({ code }) => code)).toEqual(['fdx.numbered_by_order'])
  })

  it('keeps text as text: entities of XML are read, nothing else is expanded', () => {
    const { scenes } = readFdx(bytes(script(scene('1', 'INT. CAF&#201; &amp; BAR &lol; &amp;amp; - JOUR'))))
    expect(scenes[0]?.set).toBe('CAFÉ & BAR &lol; &amp;')
  })

  it('is refused with its line when it declares entities, nests or repeats without end, or is no script', () => {
    const bomb = `<?xml version="1.0"?>\n<!DOCTYPE lolz [\n<!ENTITY lol "lol">\n<!ENTITY lol2 "&lol;&lol;&lol;">\n]>\n<FinalDraft><Content>&lol2;</Content></FinalDraft>`
    expect(refusal(bomb)).toEqual(['fdx.doctype', 2])
    expect(refusal('<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><FinalDraft/>')).toEqual(['fdx.doctype', 1])
    expect(refusal(script(`\n\n${'<A>'.repeat(60)}${'</A>'.repeat(60)}`))).toEqual(['fdx.too_deep', 6])
    expect(refusal(script('<a></a>'.repeat(400_001)))[0]).toBe('fdx.too_many')
    expect(refusal(script('<a/>'.repeat(400_001)))[0]).toBe('fdx.too_many')
    expect(refusal(script(`<Paragraph ${'a="1" '.repeat(4_000)}/>`))[0]).toBe('fdx.too_many')
    // No end of a tag anywhere: looked for once, not from each beginning.
    expect(refusal(`<FinalDraft><Content>${'<a</'.repeat(300_000)}${' '.repeat(10_000_000)}`)[0]).toBe('fdx.malformed')
    expect(refusal(new Uint8Array(20 * 1024 * 1024 + 1))).toEqual(['fdx.too_large', null])
    expect(refusal(script('<Paragraph>\n<Text>never closed\n</Paragraph>'))[0]).toBe('fdx.malformed')
    expect(refusal('<html><body/></html>')).toEqual(['fdx.not_a_script', 1])
    expect(refusal('')[0]).toMatch(/^fdx\./)
    expect(refusal(script('<Paragraph Type="Action"><Text>Rien.</Text></Paragraph>'))).toEqual(['fdx.no_scene', null])
  })

  it('is read or refused in its own words, whatever the bytes', () => {
    const text = sample.toString('utf8')
    fc.assert(fc.property(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 30 }), (at, cut, put) => {
      try {
        const { scenes } = readFdx(bytes(text.slice(0, at) + put + text.slice(at + cut)))
        expect(scenes.every((one) => one.line >= 1 && one.heading.length <= 300 && one.set.length <= 200)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(FdxRefusal)
      }
    }), { numRuns: 300 })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (any) => {
      expect(() => readFdx(any)).toThrow(FdxRefusal)
    }))
    expect(readFdx(bytes(script(scene('__proto__', 'INT. A - JOUR')))).scenes).toHaveLength(1)
    expect(refusal(script('<__proto__><polluted/></__proto__><constructor/>'))).toEqual(['fdx.malformed', null])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

describe('a heading', () => {
  it('is read as it is written in either language', () => {
    expect(parseHeading('INT. CUISINE - MAISON DE PAUL - JOUR')).toEqual({ int_ext: 'INT', set: 'CUISINE - MAISON DE PAUL', effect: 'JOUR' })
    expect(parseHeading('I/E CAR – NIGHT (RAIN)')).toEqual({ int_ext: 'INT/EXT', set: 'CAR', effect: 'NIGHT (RAIN)' })
    expect(parseHeading('EXTÉRIEUR. PORT — APRÈS-MIDI')).toEqual({ int_ext: 'EXT', set: 'PORT', effect: 'APRÈS-MIDI' })
    expect(parseHeading('INTERVALLE')).toEqual({ int_ext: '', set: 'INTERVALLE', effect: '' })
    expect(parseHeading('EXT. QUAI NORD')).toEqual({ int_ext: 'EXT', set: 'QUAI NORD', effect: '' })
  })
  it('has lengths in eighths and speakers without their extensions', () => {
    expect(['1 3/8', '5/8', '2', '0', '', null, '3/4', 'x', '9/8'].map(parseEighths)).toEqual([11, 5, 16, 0, null, null, null, null, null])
    expect(['JEANNE (V.O.) (CONT’D)', 'PAUL(O.S.)', 'LE  CHŒUR :', '(seul)'].map(speakerName)).toEqual(['JEANNE', 'PAUL', 'LE CHŒUR', ''])
  })
})
