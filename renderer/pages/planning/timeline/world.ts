import type { RefObject } from 'react'
import type { Format } from '../../../i18n/format.ts'
import type { Translate } from '../../../i18n/index.ts'
import type { Layout, RowSizes } from './rows.ts'
import type { Scale } from './scale.ts'
import type { TimelineProps } from './timeline-props.ts'

/** What hands, keys and the layer above the bars need to know of the timeline as it is drawn now. */
export interface World {
  readonly props: TimelineProps
  readonly layout: Layout
  readonly scale: Scale
  readonly sizes: RowSizes
  readonly frame: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLDivElement | null>
  /** px that the frozen names and the pinned head take of the frame. */
  readonly names: number
  readonly head: number
  readonly zone: string
  readonly format: Format
  readonly t: Translate
}
