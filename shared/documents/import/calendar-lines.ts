/** One content line, unfolded, with the line of the file where it begins (from 1). */
export interface ContentLine {
  text: string
  line: number
}

/** A VEVENT or VTIMEZONE as its own content lines; nested components (alarms) are left out of an event. */
export interface CalendarBlock {
  name: string
  /** Ordinal of the VCALENDAR it stands in, from 1. */
  calendar: number
  line: number
  lines: ContentLine[]
  /** False when the file or the next event began before its END. */
  closed: boolean
}

export interface CalendarBlocks {
  calendars: number
  events: CalendarBlock[]
  zones: CalendarBlock[]
  /** Components that are not read, by name (VTODO, VJOURNAL, VFREEBUSY). */
  ignored: Record<string, number>
}

/** Folded lines joined. `text` has `\n` line ends. Blank lines, which no calendar should have, are stepped over. */
export function contentLines(text: string): ContentLine[] {
  const lines: ContentLine[] = []
  let open: string[] = []
  let start = 0
  const close = (): void => {
    if (open.length > 0) lines.push({ text: open.join(''), line: start })
    open = []
  }
  for (const [index, raw] of text.split('\n').entries()) {
    if ((raw.startsWith(' ') || raw.startsWith('\t')) && open.length > 0) {
      open.push(raw.slice(1))
      continue
    }
    close()
    if (raw.trim() === '') continue
    open = [raw]
    start = index + 1
  }
  close()
  return lines
}

/** Cuts a file into its events and zones without trusting it: one broken event must not hide the others. */
export function calendarBlocks(lines: readonly ContentLine[]): CalendarBlocks {
  const result: CalendarBlocks = { calendars: 0, events: [], zones: [], ignored: {} }
  let block: CalendarBlock | null = null
  let nested: string[] = []
  const finish = (closed: boolean): void => {
    if (!block) return
    block.closed = closed
    ;(block.name === 'VEVENT' ? result.events : result.zones).push(block)
    block = null
    nested = []
  }
  for (const line of lines) {
    const mark = /^(BEGIN|END):\s*([A-Z0-9-]+)\s*$/i.exec(line.text)
    const name = mark?.[2]?.toUpperCase()
    if (!mark || name === undefined) {
      if (block && (nested.length === 0 || block.name === 'VTIMEZONE')) block.lines.push(line)
      continue
    }
    const begins = mark[1]?.toUpperCase() === 'BEGIN'
    if (name === 'VCALENDAR') {
      finish(false)
      if (begins) result.calendars++
      continue
    }
    if (begins && (name === 'VEVENT' || name === 'VTIMEZONE')) {
      finish(false)
      nested = []
      block = { name, calendar: Math.max(result.calendars, 1), line: line.line, lines: [], closed: false }
      continue
    }
    if (!begins && block?.name === name) {
      finish(true)
      continue
    }
    if (block?.name === 'VTIMEZONE') block.lines.push(line)
    if (begins) {
      if (!block && nested.length === 0) result.ignored[name] = (result.ignored[name] ?? 0) + 1
      nested.push(name)
    } else if (nested.includes(name)) nested = nested.slice(0, nested.lastIndexOf(name))
  }
  finish(false)
  return result
}
