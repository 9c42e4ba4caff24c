import Domain

/// An API key as the API shows it: everything but the key.
struct KeyResource: ResponseObject {
    let key: IssuedKey

    init(_ key: IssuedKey) {
        self.key = key
    }

    var location: String { "/v1/api-keys/\(key.id)" }

    static let schema = JSONSchema.object("APIKey", properties)
    static let properties = [
        JSONProperty("id", .id, "Its id."),
        JSONProperty("name", .string, "What people call it."),
        JSONProperty("prefix", .string, "How the key begins."),
        JSONProperty("last_four", .string, "How it ends."),
        JSONProperty("scopes", .array(of: .string), "What it may do."),
        JSONProperty("agent_id", .id.nullable, "The agent that it acts for."),
        JSONProperty("vip", .boolean, "Whether whoever asks through it is a VIP."),
        JSONProperty("priority_floor", JSONSchema.codes(PriorityCode.self).nullable, "No ticket that comes through it is less urgent."),
        JSONProperty("queue_id", .id.nullable, "Where the tickets come in that come through it."),
        JSONProperty("created_at", .timestamp, "When it was made."),
        JSONProperty("created_by", .id.nullable, "The key by which; null: by the operator."),
        JSONProperty("expires_at", .timestamp.nullable, "When it is over; null: never."),
        JSONProperty("revoked_at", .timestamp.nullable, "When it was revoked."),
        JSONProperty("revoked_by", .id.nullable, "The key by which; null: by the operator, where it was."),
    ]

    func write(to writer: inout JSONWriter) {
        writer.object { writeFields(to: &$0) }
    }

    /// Writes the members into an open object.
    func writeFields(to writer: inout JSONWriter) {
        writer.field("id", key.id)
        writer.field("name", key.name)
        writer.field("prefix", key.prefix)
        writer.field("last_four", key.lastFour)
        writer.field("scopes", key.scopes)
        writer.field("agent_id", key.agentID)
        writer.field("vip", key.intake.isVIP)
        writer.field("priority_floor", code: key.intake.priorityFloor.map { PriorityCode($0) })
        writer.field("queue_id", key.intake.queueID)
        writer.field("created_at", key.createdAt)
        writer.field("created_by", key.createdBy)
        writer.field("expires_at", key.expiresAt)
        writer.field("revoked_at", key.revokedAt)
        writer.field("revoked_by", key.revokedBy)
    }
}

/// A key that was just made; without the key itself in the answer to a repeated request.
struct CreatedKeyResource: ResponseObject {
    let resource: KeyResource
    let key: APIKey?

    static let schema = JSONSchema.object(
        "APIKeyWithSecret",
        KeyResource.properties + [JSONProperty("key", .string.nullable, "The key, shown this once; null where the request was repeated.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            resource.writeFields(to: &writer)
            writer.field("key", key?.revealed)
        }
    }
}
