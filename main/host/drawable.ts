/** What is drawn on paper must be an image that can be drawn. */
import { detail, refuse } from '../../shared/domain/errors.ts'
import { imageHead, LARGEST_IMAGE_BYTES, LARGEST_IMAGE_SIDE } from '../../shared/kernel/images.ts'

/** Refuses what is no PNG or JPEG, or is larger than a plan needs to be. */
export function needsDrawable(bytes: Uint8Array | null, field: string): void {
  const head = bytes === null ? null : imageHead(bytes)
  if (bytes === null || head === null) throw refuse('attachment.not_an_image', detail(field, 'image', 'PNG, JPEG'))
  if (bytes.byteLength > LARGEST_IMAGE_BYTES) throw refuse('attachment.not_an_image', detail(field, 'too_large', `${LARGEST_IMAGE_BYTES / 1024 / 1024} MiB`, String(bytes.byteLength)))
  if (Math.max(head.width, head.height) > LARGEST_IMAGE_SIDE) throw refuse('attachment.not_an_image', detail(field, 'too_large', `${LARGEST_IMAGE_SIDE} px`, `${head.width} x ${head.height}`))
}
