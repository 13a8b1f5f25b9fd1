import type { CcrActorReference, CcrCodedDataObject, CcrComment, CcrId, CcrSource } from '../model'
import type { Identities } from './identities'
import { given, some, type Located } from './parts'
import type { Entry, OtherId, Role } from './reading'

/** What all objects of a document share: its ids, who says what is said, and the comments, which stand at its end. */
export class Context {
  readonly ids: Identities
  readonly comments: CcrComment[] = []
  readonly #source: string
  readonly #created: string

  constructor(ids: Identities, source: string, created: string) {
    this.ids = ids
    this.#source = source
    this.#created = created
  }

  /** Who says so: the one who is named, or who says all that is in the document. */
  source(named?: Located): CcrSource[] {
    return [{ Actor: [{ ActorID: named ? this.ids.actor(named) : this.#source }] }]
  }

  /** What every entry begins with. */
  object(entry: Entry, kind: string): CcrCodedDataObject {
    return {
      CCRDataObjectID: this.ids.of(entry.id, kind),
      ...some('DateTime', entry.date),
      ...some(
        'IDs',
        entry.ids?.map((id) => this.otherId(id)),
      ),
      ...given('Type', entry.type),
      ...given('Description', entry.description),
      ...given('Status', entry.status),
      Source: this.source(entry.source),
      ...(entry.comment === undefined ? {} : { CommentID: [this.#comment(entry.comment, entry.source)] }),
    }
  }

  otherId({ id, type, issuedBy }: OtherId): CcrId {
    return {
      ...(type === undefined ? {} : { Type: { Text: type } }),
      ID: id,
      ...(issuedBy && { IssuedBy: { ActorID: this.ids.actor(issuedBy) } }),
      Source: this.source(),
    }
  }

  reference({ actor, role }: Role): CcrActorReference {
    return { ActorID: this.ids.actor(actor), ...some('ActorRole', role && [role]) }
  }

  #comment(text: string, source: Located | undefined): string {
    const id = this.ids.of(undefined, 'comment')
    this.comments.push({
      CommentObjectID: id,
      DateTime: { ExactDateTime: this.#created },
      Description: { Text: text },
      Source: [{ ActorID: source ? this.ids.actor(source) : this.#source }],
    })
    return id
  }
}
