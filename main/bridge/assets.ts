/** The built renderer as files: which file answers which address, for both hosts. */
import { stat } from 'node:fs/promises'
import { extname, join, relative, resolve, isAbsolute } from 'node:path'

export interface Asset {
  /** Absolute path inside the renderer's folder. */
  file: string
  contentType: string
  size: number
  /** File names carry a hash of their content, except the entry page. */
  immutable: boolean
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.pmtiles': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** Path inside the folder for an address path; null when it is malformed or leads outside. */
export function pathInside(root: string, addressPath: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(addressPath)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.includes(':')) return null
  const file = resolve(root, `.${decoded.startsWith('/') ? '' : '/'}${decoded}`)
  const inside = relative(root, file)
  return inside.startsWith('..') || isAbsolute(inside) ? null : file
}

/**
 * The file that answers an address of the app. Addresses of pages (without extension) answer the entry page, since the renderer routes
 * them; a missing file, an unknown type and a path outside answer null.
 */
export async function findAsset(root: string, addressPath: string): Promise<Asset | null> {
  const file = pathInside(root, addressPath)
  if (file === null) return null
  const extension = extname(file)
  const wanted = extension === '' ? join(root, 'index.html') : file
  const contentType = contentTypes[extname(wanted)]
  if (contentType === undefined) return null
  const found = await stat(wanted).catch(() => null)
  if (found === null || !found.isFile()) return null
  return { file: wanted, contentType, size: found.size, immutable: relative(root, wanted).startsWith('assets') }
}
