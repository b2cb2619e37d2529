/** Draws PDFs. The core says what is on the paper; here it is laid out and written, the same bytes as anywhere. */
import { draw } from '../../shared/documents/draw.ts'
import { serve } from './serve.ts'

const work = { draw }
export type PrintingWork = typeof work

serve(work)
