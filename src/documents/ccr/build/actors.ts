import type { CcrActor, CcrAddress, CcrCommunication, CcrPerson } from '../model'
import type { Context } from './context'
import { given, some } from './parts'
import type { Actor, Person } from './reading'

/** An actor under the id that it was given. */
export function actorOf(ActorObjectID: string, actor: Actor, context: Context): CcrActor {
  const { organization, system, version } = actor
  return {
    ActorObjectID,
    ...(organization !== undefined
      ? { Organization: { Name: organization } }
      : system !== undefined
        ? { InformationSystem: { Name: system, ...given('Version', version) } }
        : { Person: personOf(actor) }),
    ...some(
      'IDs',
      actor.ids?.map((id) => context.otherId(id)),
    ),
    ...some('Relation', actor.relation && [actor.relation]),
    ...some('Specialty', actor.specialty && [actor.specialty]),
    ...some('Address', actor.address?.map(addressOf)),
    ...some('Telephone', actor.telephone?.map(communication)),
    ...some('EMail', actor.email?.map(communication)),
    Source: context.source(),
  }
}

function personOf(person: Person): CcrPerson {
  const current = {
    ...some('Given', person.given),
    ...some('Middle', person.middle),
    ...some('Family', person.family),
    ...some('Suffix', person.suffix === undefined ? [] : [person.suffix]),
    ...some('Title', person.title === undefined ? [] : [person.title]),
  }
  const name = {
    ...(Object.keys(current).length === 0 ? {} : { CurrentName: current }),
    ...given('DisplayName', person.displayName),
  }
  return {
    ...(Object.keys(name).length === 0 ? {} : { Name: name }),
    ...given('DateOfBirth', person.dateOfBirth),
    ...given('Gender', person.gender),
  }
}

function addressOf(address: NonNullable<Person['address']>[number]): CcrAddress {
  return {
    ...(address.type === undefined ? {} : { Type: { Text: address.type } }),
    ...given('Line1', address.line1),
    ...given('Line2', address.line2),
    ...given('City', address.city),
    ...given('County', address.county),
    ...given('State', address.state),
    ...given('Country', address.country),
    ...given('PostalCode', address.postalCode),
  }
}

const communication = (Value: string): CcrCommunication => ({ Value })
