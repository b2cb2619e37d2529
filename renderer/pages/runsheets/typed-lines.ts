/** Short lists of a sheet are typed one item a line; items keep their identity by their words, then by their place. */

interface Item {
  id: string
}

function rowsOf<T extends Item>(text: string, known: readonly T[], read: (line: string) => Omit<T, 'id'>, same: (one: T, line: Omit<T, 'id'>) => boolean): (Omit<T, 'id'> & Item)[] {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean).map(read)
  const kept = new Set(lines.flatMap((line) => known.filter((item) => same(item, line)).map((item) => item.id)))
  const free = known.filter((item) => !kept.has(item.id))
  const used = new Set<string>()
  return lines.map((line, index) => {
    const equal = known.find((item) => same(item, line) && !used.has(item.id))
    const there = known[index]
    const id = equal?.id ?? (there && free.includes(there) && !used.has(there.id) ? there.id : crypto.randomUUID())
    used.add(id)
    return { ...line, id }
  })
}

export interface Line extends Item {
  text: string
}
export const linesText = (lines: readonly Line[]): string => lines.map((line) => line.text).join('\n')
export const linesFrom = (text: string, known: readonly Line[]): Line[] => rowsOf<Line>(text, known, (line) => ({ text: line }), (one, line) => one.text === line.text)

export interface EmergencyNumber extends Item {
  label: string | null
  number: string
}
export const numbersText = (numbers: readonly EmergencyNumber[]): string => numbers.map((row) => [row.label, row.number].filter(Boolean).join(' ')).join('\n')
/** `SAMU 15`, `Poste de secours 06 39 98 00 15`: the number is what ends the line. */
export const numbersFrom = (text: string, known: readonly EmergencyNumber[]): EmergencyNumber[] =>
  rowsOf<EmergencyNumber>(
    text,
    known,
    (line) => {
      const found = /^(.*?)[\s:]*(\+?\d[\d .]*)$/.exec(line)
      return { label: found?.[1]?.trim() || null, number: (found?.[2] ?? line).trim() }
    },
    (one, line) => one.number === line.number && one.label === line.label,
  )

export interface Channel extends Item {
  channel: string
  use: string
}
export const channelsText = (channels: readonly Channel[]): string => channels.map((row) => `${row.channel} : ${row.use}`).join('\n')
/** `3 : régie`: the channel, then what it is for. */
export const channelsFrom = (text: string, known: readonly Channel[]): Channel[] =>
  rowsOf<Channel>(
    text,
    known,
    (line) => {
      const found = /^(\S+)\s*[:=-]?\s*(.*)$/.exec(line)
      return { channel: found?.[1] ?? line, use: found?.[2] ?? '' }
    },
    (one, line) => one.channel === line.channel && one.use === line.use,
  )
