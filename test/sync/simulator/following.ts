/** In which order commands are decided (rules 9 and 14): what was built on another after it, a person's own as they did them. */
import { logOf } from './entered.ts'
import { LawBroken, type Evidence } from './evidence.ts'

export function judgeFollowing({ server, issued, odd, since, restored }: Evidence): void {
  const lines = new Map(logOf(server.database, since).map((line) => [line.id, line]))
  const apart = new Set<string>()
  const last = new Map<string, { id: string; seq: number }>()
  // By device, in the order of its outbox.
  for (const { id, issuer, device, command } of issued.values()) {
    // What waits for somebody else's work is overtaken by what does not.
    if (command.after.some((other) => apart.has(other) || issued.get(other)?.issuer !== issuer)) apart.add(id)
    const line = lines.get(id)
    if (!line) continue
    const { seq, outcome } = line
    for (const other of command.after) {
      const before = lines.get(other)
      if (!before || before.seq > seq) throw new LawBroken('a command is decided after those it was built on', `${command.name} ${id} at ${seq}, ${other} ${before ? `at ${before.seq}` : 'never'}`)
      // A restored server keeps what it had answered as it was.
      if (before.outcome !== 'applied' && outcome !== 'blocked' && outcome !== 'rejected' && !restored) throw new LawBroken('what was built on a command that failed waits for its person', `${command.name} ${id} is ${outcome}, ${other} before it ${before.outcome}`)
    }
    // A disk that was put back forgets what is still under way.
    if (apart.has(id) || odd.has(device)) continue
    const place = `${device} of ${issuer}`
    const former = last.get(place)
    if (former && former.seq > seq) throw new LawBroken('what a person did on a computer is decided in the order they did it', `on ${place}: ${command.name} ${id} at ${seq}, ${former.id} before it at ${former.seq}`)
    last.set(place, { id, seq })
  }
}
