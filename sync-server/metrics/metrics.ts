/** Counts of what the server does, in the text format of Prometheus. Labels are routes, classes and outcomes: never a person, an address or an organization. */

type Labels = Readonly<Record<string, string>>

/** Upper ends in seconds. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Family {
  kind: 'counter' | 'gauge' | 'histogram'
  about: string
  series: Map<string, { labels: Labels; value: number; buckets?: number[]; sum?: number }>
}

const declared = {
  callboard_http_requests_total: ['counter', 'Requests answered, by route, method and status.'],
  callboard_http_request_seconds: ['histogram', 'Time to answer, by route.'],
  callboard_refused_total: ['counter', 'Refusals, by code.'],
  callboard_limited_total: ['counter', 'Calls refused by a limit, by class and subject.'],
  callboard_pushes_total: ['counter', 'Pushes taken.'],
  callboard_push_commands_total: ['counter', 'Commands of pushes, by what became of them at the push: taken, missing, waits, unknown, token.'],
  callboard_commands_total: ['counter', 'Commands decided, by outcome.'],
  callboard_pulls_total: ['counter', 'Pages of pulls answered.'],
  callboard_rows_total: ['counter', 'Rows sent down in pages.'],
  callboard_snapshots_total: ['counter', 'Snapshots begun.'],
  callboard_blob_bytes_total: ['counter', 'Bytes of attachments, by direction.'],
  callboard_blobs_cleared_total: ['counter', 'Files cleared because no row named them for a day.'],
  callboard_blobs_cleared_bytes_total: ['counter', 'Their bytes.'],
  callboard_sign_ins_total: ['counter', 'Sign-ins, by outcome.'],
  callboard_refreshes_total: ['counter', 'Refreshed sessions, by outcome.'],
  callboard_refresh_reused_total: ['counter', 'Refresh tokens used twice: each closed its family.'],
  callboard_devices_revoked_total: ['counter', 'Devices shut out.'],
  callboard_link_answers_total: ['counter', 'Answers given through links, by outcome: written, or the code of the refusal.'],
  callboard_links_refused_total: ['counter', 'Links that open nothing: unproved (not written by this server, cut), unknown (of a former round, gone).'],
  callboard_mails_total: ['counter', 'Attempts at mails, by outcome: sent, refused (this person, for good), later, down (the mail server).'],
  callboard_mail_breaker: ['gauge', '1 while the mail server is left alone because it fails.'],
  callboard_streams: ['gauge', 'Open event streams.'],
  callboard_requests_in_flight: ['gauge', 'Requests being answered.'],
  callboard_database_seconds: ['histogram', 'Time the database took to answer the probe.'],
  callboard_database_slow_total: ['counter', 'Statements over 40 ms.'],
  callboard_room_bytes: ['gauge', 'Bytes free where the data lies.'],
  callboard_room_left: ['gauge', '1 while there is room to write, 0 when what devices send is refused for want of it.'],
  callboard_uptime_seconds: ['gauge', 'Since the process began.'],
  callboard_memory_bytes: ['gauge', 'Resident memory of the process.'],
} as const satisfies Record<string, readonly ['counter' | 'gauge' | 'histogram', string]>

export type MetricName = keyof typeof declared

export interface Metrics {
  count(name: MetricName, labels?: Labels, by?: number): void
  set(name: MetricName, value: number, labels?: Labels): void
  observe(name: MetricName, seconds: number, labels?: Labels): void
  /** `text/plain; version=0.0.4`. */
  text(): string
}

const escaped = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
const written = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

export function openMetrics(): Metrics {
  const families = new Map<MetricName, Family>()
  for (const [name, [kind, about]] of Object.entries(declared)) families.set(name as MetricName, { kind, about, series: new Map() })
  function seriesOf(name: MetricName, labels: Labels) {
    const family = families.get(name)
    if (!family) throw new Error(`no metric ${name}`)
    const key = written(labels)
    let series = family.series.get(key)
    if (!series) family.series.set(key, (series = { labels, value: 0, ...(family.kind === 'histogram' ? { buckets: DURATIONS.map(() => 0), sum: 0 } : {}) }))
    return series
  }
  return {
    count(name, labels = {}, by = 1) {
      seriesOf(name, labels).value += by
    },
    set(name, value, labels = {}) {
      seriesOf(name, labels).value = value
    },
    observe(name, seconds, labels = {}) {
      const series = seriesOf(name, labels)
      series.value++
      series.sum = (series.sum ?? 0) + seconds
      const buckets = series.buckets ?? []
      DURATIONS.forEach((end, index) => {
        if (seconds <= end) buckets[index] = (buckets[index] ?? 0) + 1
      })
    },
    text() {
      seriesOf('callboard_uptime_seconds', {}).value = Math.round(process.uptime())
      seriesOf('callboard_memory_bytes', {}).value = process.memoryUsage.rss()
      const lines: string[] = []
      for (const [name, { kind, about, series }] of families) {
        lines.push(`# HELP ${name} ${about}`, `# TYPE ${name} ${kind}`)
        // A counter that never moved is said as nought, so that a graph of it begins with the server.
        if (series.size === 0 && kind !== 'histogram') lines.push(`${name} 0`)
        for (const { labels, value, buckets, sum } of series.values()) {
          if (kind !== 'histogram') {
            lines.push(`${name}${written(labels)} ${value}`)
            continue
          }
          DURATIONS.forEach((end, index) => lines.push(`${name}_bucket${written({ ...labels, le: String(end) })} ${buckets?.[index] ?? 0}`))
          lines.push(`${name}_bucket${written({ ...labels, le: '+Inf' })} ${value}`, `${name}_sum${written(labels)} ${(sum ?? 0).toFixed(6)}`, `${name}_count${written(labels)} ${value}`)
        }
      }
      return `${lines.join('\n')}\n`
    },
  }
}
