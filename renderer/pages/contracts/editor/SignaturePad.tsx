import { useEffect, useRef } from 'react'
import type { PointerEvent } from 'react'
import { useT } from '../../../i18n/index.ts'
import styles from './ContractEditor.module.css'

const SIZE = { width: 1000, height: 400 }

interface SignaturePadProps {
  /** Called after each stroke, with what writes the image. */
  onStroke: (png: () => Promise<Uint8Array | null>) => void
  /** Another number wipes it. */
  round: number
}

/** Where a signature is drawn with a finger, a pen or the mouse: ink on white, whatever the theme. */
export function SignaturePad({ onStroke, round }: SignaturePadProps) {
  const t = useT()
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<{ x: number; y: number } | null>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, SIZE.width, SIZE.height)
  }, [round])
  const at = ({ clientX, clientY }: PointerEvent): { x: number; y: number } | null => {
    const box = canvas.current?.getBoundingClientRect()
    return box ? { x: ((clientX - box.left) / box.width) * SIZE.width, y: ((clientY - box.top) / box.height) * SIZE.height } : null
  }
  const line = (event: PointerEvent): void => {
    const context = canvas.current?.getContext('2d')
    const [from, to] = [last.current, at(event)]
    if (!context || !from || !to) return
    context.strokeStyle = '#101418'
    context.lineWidth = 5
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    context.stroke()
    last.current = to
  }
  const png = (): Promise<Uint8Array | null> =>
    new Promise((resolve) => {
      const from = canvas.current
      if (!from) resolve(null)
      else from.toBlob((blob) => void (blob ? blob.arrayBuffer().then((buffer) => resolve(new Uint8Array(buffer))) : resolve(null)), 'image/png')
    })
  const end = (): void => {
    if (last.current === null) return
    last.current = null
    onStroke(png)
  }
  return (
    <canvas
      ref={canvas}
      className={styles['pad']}
      width={SIZE.width}
      height={SIZE.height}
      role="img"
      aria-label={t('contract_editor.pad')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = at(event)
        line(event)
      }}
      onPointerMove={line}
      onPointerUp={end}
      onPointerCancel={end}
    />
  )
}
