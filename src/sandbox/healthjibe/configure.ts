import { randomBytes } from 'node:crypto'
import type { Call, Reply, Route } from '../call'
import { only, type Parameter, text } from '../form'
import { OneTimeForms } from '../forms'
import { html, type Html } from '../html'
import { page, seeOther } from '../pages'
import { isCallback, withParameters } from '../razcode/callback'
import { razcodePaths } from '../razcode/endpoints'
import type { RazcodeService } from '../razcode/service'
import { Refusal } from '../refusal'
import { type Choice, type Choices, healthServices } from './services'

/** A configuration that a signed request has begun. */
interface Configuration {
  token: string
  consumer: string
  person: string
  callback: string
  /** The consumer's own id of the person, if it sent one. */
  user: string
}

/** The page where a person chooses services and stops or continues: steps 4 and 5 of "Source Integration". */
export function configureRoute(service: RazcodeService, choices: Choices, now: () => number): Route {
  const forms = new OneTimeForms<Configuration>(now)

  const begin = async (call: Call): Promise<Reply> => {
    const { token, consumer, person, parameters } = await service.verifyForPerson(call, await call.form())
    const callback = text(parameters, 'raz_callback')
    if (!isCallback(callback)) {
      throw new Refusal(400, 'raz_callback has to be an absolute http or https URL to come back to.')
    }
    const user = text(parameters, 'user')
    const configuration = { token, consumer: consumer.name, person: person.email, callback, user }
    return choose(configuration, choices.of(token))
  }

  const choose = (configuration: Configuration, choice: Choice, problem?: string): Reply =>
    page({
      status: problem === undefined ? 200 : 422,
      title: 'Where your health records go',
      content: html`<section>
          <h1>Where your health records go</h1>
          ${introduction(configuration)}
          ${problem === undefined ? undefined : html`<p class="error" role="alert">${problem}</p>`}
          <form method="post" action="${razcodePaths.configure}">
            ${forms.field(configuration)} ${serviceFields(choice)} ${notifyFields(choice)}
            <div class="buttons"><button class="main">Save and go back</button></div>
          </form>
        </section>
        <p class="quiet">
          Afterwards you go back to <code>${new URL(configuration.callback).origin}</code>.
        </p>`,
    })

  const save = async (call: Call): Promise<Reply> => {
    const form = await call.form()
    const configuration = forms.redeem(call, form)
    const choice = readChoice(form)
    if (choice.notify && choice.services.length === 0) {
      return choose(configuration, choice, 'Choose at least one service, or stop sending.')
    }
    choices.set(configuration.token, choice)
    return seeOther(
      withParameters(configuration.callback, {
        oauth_token: configuration.token,
        oauth_verifier: randomBytes(12).toString('base64url'),
        raz_notification_status: String(choice.notify),
      }),
    )
  }

  return {
    methods: ['GET', 'POST'],
    path: razcodePaths.configure,
    endpoint: 'configure',
    about: 'Page: choose health management services, stop or continue notifications',
    reader: 'person',
    answer: (call) => (call.method === 'POST' ? save(call) : begin(call)),
  }
}

function readChoice(form: readonly Parameter[]): Choice {
  const chosen = form.filter(({ name }) => name === 'service').map(({ value }) => value.toString())
  return {
    services: healthServices.filter((service) => chosen.includes(service)),
    notify: only(form, 'notify')?.toString() === 'true',
  }
}

function introduction({ consumer, person, user }: Configuration): Html {
  const known = user === '' ? undefined : html`, where you are known as <strong>${user}</strong>,`
  return html`<p>
    You are signed in as <strong>${person}</strong>. Choose what happens to the health records that
    <strong>${consumer}</strong>${known} sends to HealthJibe.
  </p>`
}

function serviceFields({ services }: Choice): Html {
  const choice = (service: string) =>
    html`<label class="choice">
      <input
        type="checkbox"
        name="service"
        value="${service}"
        ${services.includes(service) ? checked : undefined}
      />
      ${service}
    </label>`
  return html`<fieldset>
    <legend>Send them on to</legend>
    ${healthServices.map(choice)}
  </fieldset>`
}

function notifyFields({ notify }: Choice): Html {
  return html`<fieldset>
    <legend>New records</legend>
    <label class="choice">
      <input type="radio" name="notify" value="true" ${notify ? checked : undefined} />
      Continue: keep sending them
    </label>
    <label class="choice">
      <input type="radio" name="notify" value="false" ${notify ? undefined : checked} />
      Stop: send nothing more
    </label>
  </fieldset>`
}

const checked = html`checked`
