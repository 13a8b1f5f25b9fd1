import { statfs } from 'node:fs/promises'
import { ClassicLevel } from 'classic-level'
import { prepareDirectory, type Directory } from './directory'
import { diskFailure, openFailure, openInThisProcess, operationFailure } from './failures'

export type Change = { type: 'put'; key: string; value: Buffer } | { type: 'del'; key: string }

export type Entry = [key: string, value: Buffer]

interface WaitingWrite {
  changes: Change[]
  sync: boolean
  resolve: () => void
  reject: (error: unknown) => void
}

/** No more at a time when many records are read. */
const CHUNK_ENTRIES = 100
const CHUNK_BYTES = 2 ** 20

/** LevelDB writes its log, of at most 4 MiB, to a table when it is opened. */
const ROOM_TO_OPEN = 8 * 2 ** 20

/**
 * The directories that are open in this process. LevelDB must not be asked for a second opening: measured with
 * classic-level 3.0.0, the refused one closes its descriptor of the LOCK file, with which POSIX frees the lock of
 * the whole process, and by way of a symbolic link it is not even refused. On globalThis, for there may be two copies
 * of this package in one process.
 */
const register: unique symbol = Symbol.for('@health-gateways/node-red: open store directories')
const shared = globalThis as typeof globalThis & { [register]?: Set<string> }
const openHere = (shared[register] ??= new Set())

/** The keys and values on disk. One process at a time; what is written together is written whole or not at all. */
export class Database {
  readonly path: string
  readonly #directory: Directory
  readonly #level: ClassicLevel<string, Buffer>
  readonly #reads = new Set<Promise<unknown>>()
  readonly #waiting: WaitingWrite[] = []
  #writing: Promise<void> | undefined
  #reopening: Promise<void> | undefined
  #failed = false

  private constructor(directory: Directory) {
    this.path = directory.path
    this.#directory = directory
    this.#level = new ClassicLevel(directory.path, { valueEncoding: 'buffer', compression: false })
  }

  /** HG_CONFLICT if it is open already, HG_CONFIG if the path or the files cannot be used, HG_UNAVAILABLE on a bad disk. */
  static async open(path: string): Promise<Database> {
    const directory = await prepareDirectory(path)
    if (openHere.has(directory.identity)) throw openInThisProcess(directory.path)
    openHere.add(directory.identity)
    const database = new Database(directory)
    try {
      await database.#level.open()
      return database
    } catch (error) {
      openHere.delete(directory.identity)
      throw openFailure(directory.path, error)
    }
  }

  /** After everything asked for before. */
  async close(): Promise<void> {
    await this.#writing
    await Promise.allSettled([...this.#reads, this.#reopening])
    await this.#level.close()
    openHere.delete(this.#directory.identity)
  }

  get(key: string): Promise<Buffer | undefined> {
    return this.#read(() => this.#level.get(key))
  }

  /** All entries whose key begins with the prefix, in the order of the keys, some at a time. */
  async *chunks(prefix: string): AsyncGenerator<Entry[]> {
    let from: { gte: string } | { gt: string } = { gte: prefix }
    for (;;) {
      const chunk = await this.#read(() => this.#chunk({ ...from, lt: after(prefix) }))
      const last = chunk.at(-1)
      if (!last) return
      yield chunk
      from = { gt: last[0] }
    }
  }

  /**
   * On disk when it resolves, if `sync`; else in the operating system's hands, and safe from a crash of this process
   * only. Writes that come while the disk is busy go together in the next one.
   */
  write(changes: Change[], { sync }: { sync: boolean }): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, sync, resolve, reject })
      this.#writing ??= this.#writeAll()
    })
  }

  /** Removes from the files what was overwritten or deleted. */
  async compact(prefix: string): Promise<void> {
    await this.#read(() => this.#level.compactRange(prefix, after(prefix)))
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0)
      try {
        await this.#commit(
          group.flatMap(({ changes }) => changes),
          group.some(({ sync }) => sync),
        )
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#writing = undefined
  }

  /**
   * A write that fails may leave half a record in LevelDB's log. Measured: without the reopening here, everything
   * written, synced and confirmed after a disk was full for a moment was gone at the next start.
   */
  async #commit(changes: Change[], sync: boolean): Promise<void> {
    if (!this.#failed) {
      try {
        await this.#level.batch(changes, { sync })
        return
      } catch {
        this.#failed = true
      }
    }
    await this.#reopen()
    try {
      await this.#level.batch(changes, { sync })
    } catch (error) {
      this.#failed = true
      throw operationFailure(this.path, error)
    }
  }

  async #read<T>(work: () => Promise<T>): Promise<T> {
    await this.#readable()
    const reading = work()
    this.#reads.add(reading)
    try {
      return await reading
    } catch (error) {
      throw operationFailure(this.path, error)
    } finally {
      this.#reads.delete(reading)
    }
  }

  async #readable(): Promise<void> {
    while (this.#reopening ?? this.#level.status !== 'open') {
      // A reopening that finds no room leaves the database open: it can be read.
      if (this.#reopening) await this.#reopening.catch(() => undefined)
      else await this.#reopen()
    }
  }

  async #chunk(range: { gte?: string; gt?: string; lt: string }): Promise<Entry[]> {
    const iterator = this.#level.iterator({ ...range, highWaterMarkBytes: CHUNK_BYTES })
    try {
      return await iterator.nextv(CHUNK_ENTRIES)
    } finally {
      await iterator.close()
    }
  }

  #reopen(): Promise<void> {
    this.#reopening ??= this.#closeAndOpen().finally(() => (this.#reopening = undefined))
    return this.#reopening
  }

  async #closeAndOpen(): Promise<void> {
    try {
      // As long as there is no room, an open database can at least be read.
      await this.#seeRoom()
      await Promise.allSettled(this.#reads)
      await this.#level.close()
      await this.#level.open()
      this.#failed = false
    } catch (error) {
      throw openFailure(this.path, error)
    }
  }

  async #seeRoom(): Promise<void> {
    const { bavail, bsize, blocks } = await statfs(this.path)
    // Some network disks say nothing of their size.
    if (blocks > 0 && bavail * bsize < ROOM_TO_OPEN) throw diskFailure(this.path, new Error('no space left'))
  }
}

/** The first key after all that begin with the prefix; keys are ASCII. */
function after(prefix: string): string {
  return `${prefix}\x7f`
}
