/** Where the window was when it was last closed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { z } from 'zod'

const WindowState = z.object({
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  maximized: z.boolean(),
})
type WindowState = z.infer<typeof WindowState>

/** A strip of the title bar of this size must be on some screen, or the window could not be reached. */
const REACHABLE_PX = 80

export function readWindowState(file: string): WindowState | null {
  try {
    const state = WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
    return isReachable(state.bounds) ? state : null
  } catch {
    // Never opened before, or written by another version: the window opens at its usual size.
    return null
  }
}

function isReachable(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
    return width >= REACHABLE_PX && bounds.y >= workArea.y && bounds.y + REACHABLE_PX <= workArea.y + workArea.height
  })
}

export function rememberWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    writeFileSync(file, JSON.stringify(state))
  })
}
