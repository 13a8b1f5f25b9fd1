import { join } from 'node:path'
import type { NodeAPI } from 'node-red'
import { GatewayError } from '../../src/errors'
import type { ZivaCareClient } from '../../src/providers/zivacare/client'
import { actionNode } from '../kit/action-node'
import type { BrowserReturn, Circumstances } from '../kit/browser'
import { redirectable, user, type Input } from '../kit/inputs'
import type { BrowserOutcome } from '../kit/runner'
import { widgetInputs, widgetPage } from '../kit/widget-page'
import { expectUser, keepGrant } from '../kit/zivacare'

/** The live script wants it in the page; nothing of a third party is loaded that nobody asked for. */
const jQuery: Input<string> = {
  value: '',
  type: 'str',
  read: (value) =>
    redirectable(
      value,
      'The address of jQuery is not usable. Give a path that begins with "/" or a URL that begins with http:// or https://.',
    ),
}

const inputs = { user, ...widgetInputs, jQuery }
const provider = 'zivacare'

export default function (RED: NodeAPI): void {
  actionNode<ZivaCareClient, typeof inputs>(RED, {
    type: 'zivacare-connect',
    provider,
    operation: 'connect',
    account: 'zivacare-account',
    outputs: 2,
    inputs,
    async run(action) {
      const { browser, client, config, msg, values } = action
      // HG_INPUT without a browser, before ZivaCare is asked for anything.
      browser.leave(msg)
      if (config.register !== false) await expectUser(action, values.user)
      return widgetPage(RED, action, {
        script: join(__dirname, 'page.js'),
        vendorScript: client.endpoints.connectScript,
        before: values.jQuery === '' ? [] : [values.jQuery],
        data: { clientId: client.clientId, clientUserId: values.user },
        kept: {},
        user: values.user,
      })
    },
    posted: { finish: finished },
  })
}

/** "ZivaCare Connect", steps 3 to 6: the page has posted the special token, and the connection is made. */
async function finished(
  action: Circumstances<ZivaCareClient>,
  { body, kept }: BrowserReturn,
): Promise<BrowserOutcome> {
  const { user = '', returnUrl = '' } = kept
  const { specialToken, code } = body
  if (code !== undefined) {
    const said = typeof code === 'string' && /^\d{4}$/.test(code) ? ` (${code})` : ''
    throw new GatewayError(
      'HG_REJECTED',
      `ZivaCare's window ended with an error${said}, and nothing was connected. Let the user try again.`,
      { user },
    )
  }
  if (typeof specialToken !== 'string') {
    throw new GatewayError(
      'HG_INPUT',
      'The page was finished without a special token. Let the user try again.',
      {
        user,
      },
    )
  }
  const grant = await action.client.exchange(specialToken, user, action.signal)
  const { zivaUserCode, name, email } = grant
  const { grantedAt } = await keepGrant(action, user, grant)
  return {
    payload: { user, provider, grantedAt, zivaUserCode, name, email },
    output: 1,
    user,
    set: { user },
    goTo: returnUrl,
  }
}
