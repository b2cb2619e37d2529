/** How a command of the command line ends: 0 done, 1 refused by the core, 2 asked wrongly. */
import type { Failure } from '../../shared/kernel/result.ts'

export const EXIT_REFUSED = 1
export const EXIT_MISUSED = 2

/** The command line itself was wrong; shown with the usage. */
export class Misuse extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Misuse'
  }
}

/** The core refused: printed on stderr as the envelope's error, code first. */
export class Refused extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.message}`)
    this.name = 'Refused'
    this.failure = failure
  }
}
