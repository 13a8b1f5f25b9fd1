import type { Account } from '../accounts'
import type { Call, Reply, Route } from '../call'
import { type Entry, readCcr } from '../ccr/read'
import { text } from '../form'
import { OneTimeForms } from '../forms'
import { html, type Html } from '../html'
import { page, seeOther } from '../pages'
import { recordSize, recordText } from '../record-text'
import { Refusal } from '../refusal'
import type { SignIn } from '../sign-in'
import { when } from '../when'
import { razcodeImage } from './razcode-image'
import type { StagedRecord, StagedRecords } from './staged-records'

export const razcodePath = '/razcode'

/** What a RAZCODE's address and picture lead to; the address is short, so that its barcode is coarse. */
export function recordPathOf(razId: string): string {
  return `/r/${razId}`
}

export function imagePathOf(razId: string): string {
  return `/r/${razId}/image`
}

export interface RecordPages {
  staged: StagedRecords
  signIn: SignIn
  /** What people know a consumer by. */
  nameOf: (consumerKey: string) => string
  now: () => number
}

/** Where a patient types a RAZCODE, and the record that it leads to. */
export function recordPageRoutes({ staged, signIn, nameOf, now }: RecordPages): Route[] {
  const forms = new OneTimeForms<'code'>(now)

  const askCode = (failedCode?: string): Reply =>
    page({
      status: failedCode === undefined ? 200 : 422,
      title: 'Your RAZCODE',
      content: html`<section>
        <h1>Your RAZCODE</h1>
        <p>Type the code that you were given, on a receipt for instance, to see your health record.</p>
        ${failedCode === undefined ? undefined : unknownCode}
        <form method="post" action="${razcodePath}">
          ${forms.field('code')}
          <label for="code">RAZCODE</label>
          <input
            type="text"
            id="code"
            name="code"
            value="${failedCode ?? ''}"
            maxlength="40"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
          />
          <div class="buttons"><button class="main">Show the record</button></div>
        </form>
      </section>`,
    })

  const takeCode = async (call: Call): Promise<Reply> => {
    const form = await call.form()
    forms.redeem(call, form)
    const code = text(form, 'code')
    const record = staged.find(code)
    return record ? seeOther(recordPathOf(record.razId)) : askCode(code)
  }

  const asked = ({ params }: Call): StagedRecord => {
    const record = staged.find(params.razId ?? '')
    if (!record) throw new Refusal(404, 'There is no such RAZCODE, or newer ones have taken its place.')
    return record
  }

  const show = async (call: Call): Promise<Reply> => {
    const record = asked(call)
    const person = signIn.personOf(call)
    const backTo = recordPathOf(record.razId)
    if (!record.restrictedTo) return recordPage(record, nameOf, await summary(record, call.signal))
    if (!person) return signIn.ask({ title: 'Who is this for?', introduction: forOnePerson, backTo })
    const leave = signIn.signedInAs(person, backTo)
    if (person !== record.restrictedTo) return notForYou(leave)
    return recordPage(record, nameOf, await summary(record, call.signal), leave)
  }

  const own = (methods: Route['methods'], path: string, answer: Route['answer']): Route => ({
    methods,
    path,
    reader: 'person',
    answer,
  })
  return [
    own(['GET', 'POST'], razcodePath, (call) => (call.method === 'POST' ? takeCode(call) : askCode())),
    own(['GET'], recordPathOf(':razId'), show),
    own(['GET'], imagePathOf(':razId'), (call) => razcodeImage(asked(call).razId)),
  ]
}

const unknownCode = html`<p class="error" role="alert">
  There is no record for this code. Compare it with what you were given.
</p>`

const forOnePerson = html`<p>This record is for one person only. Sign in to HealthJibe to see it.</p>`

function notForYou(leave: Html): Reply {
  return page({
    status: 403,
    title: 'For somebody else',
    content: html`<section>
        <h1>For somebody else</h1>
        <p>
          This record is for one person only, and that is not you. Sign out for another person to sign in.
        </p>
      </section>
      ${leave}`,
  })
}

function recordPage(
  record: StagedRecord,
  nameOf: RecordPages['nameOf'],
  contents: Html | undefined,
  leave?: Html,
): Reply {
  const { razId, kind, stagedAt, consumerKey, organisation, restrictedTo, payment, bytes } = record
  return page({
    title: `RAZCODE ${razId}`,
    wide: true,
    content: html`<section>
        <h1>Your health record</h1>
        <dl>
          <dt>RAZCODE</dt>
          <dd>${razId}</dd>
          <dt>From</dt>
          <dd>${from(organisation, nameOf(consumerKey))}</dd>
          <dt>Staged</dt>
          <dd>${when(stagedAt)}</dd>
          <dt>Kind</dt>
          <dd>${kind === 'ccr' ? 'CCR document' : 'OMHE message'}, ${recordSize(bytes)}</dd>
          <dt>For</dt>
          <dd>${restrictedTo ? `${restrictedTo.email} only` : 'whoever has the code'}</dd>
          ${
            payment &&
            html`<dt>Payment</dt>
              <dd>${payment.valid ? '' : 'Invalid: '}<code>${payment.json}</code></dd>`
          }
        </dl>
      </section>
      ${contents}
      <section>
        <h2>Text</h2>
        ${recordText(bytes)}
      </section>
      ${leave}`,
  })
}

function from(organisation: Account | undefined, consumer: string): string {
  return organisation ? `${organisation.name}, by ${consumer}` : consumer
}

/** A page stays readable with this many entries of a section. */
const SHOWN_ENTRIES = 20

async function summary({ kind, bytes }: StagedRecord, signal: AbortSignal): Promise<Html | undefined> {
  if (kind === 'omhe') return undefined
  const { sections } = await readCcr(bytes, signal)
  if (sections.size === 0) return undefined
  return html`<section>
    <h2>What is in it</h2>
    <dl>
      ${[...sections].map(
        ([name, entries]) =>
          html`<dt>${words(name)}</dt>
            <dd>${entriesOf(entries)}</dd>`,
      )}
    </dl>
  </section>`
}

function entriesOf(entries: readonly Entry[]): string {
  const shown = entries.slice(0, SHOWN_ENTRIES).map(({ label, dates }) => {
    const [day] = dates
    return `${label || 'without a name'}${day === undefined ? '' : ` (${day.slice(0, 10)})`}`
  })
  const more = entries.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** `VitalSigns` as people read it. */
function words(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
