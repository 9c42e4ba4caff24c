import Domain
import UseCases

/// `{"name", "scopes", "expires_at", …}`
struct CreateAPIKey: RequestObject {
    private static let name = RequestField("name", .text(1...200), "What people call it.")
    private static let scopes = RequestField(
        "scopes",
        .array(of: JSONType<Scope>.code, 1...APIKeys.maximumScopes),
        "What it may do: nothing that the key that asks may not."
    )
    private static let expiresAt = RequestField("expires_at", .timestamp, "When it is over; never unless told. Not after the key that asks.")
    private static let agent = RequestField("agent_id", .id(Entity.Agent.self), "The agent that it acts for.")
    private static let vip = RequestField("vip", .boolean, "Whether whoever asks through it is a VIP.")
    private static let floor = RequestField("priority_floor", JSONType<PriorityCode>.code, "No ticket that comes through it is less urgent.")
    private static let queue = RequestField("queue_id", .id(Entity.Queue.self), "Where the tickets come in that come through it.")
    static let schema = JSONSchema.object(
        "CreateAPIKey",
        [name.required, scopes.required, expiresAt.optional, agent.optional, vip.optional, floor.optional, queue.optional],
        isClosed: true
    )

    let name: String
    let scopes: [Scope]
    let expiresAt: Timestamp?
    let agentID: AgentID?
    let intake: IntakeProfile

    init?(from reader: inout ObjectReader) {
        let name = reader.required(Self.name)
        let scopes = reader.required(Self.scopes)
        expiresAt = reader.optional(Self.expiresAt)
        agentID = reader.optional(Self.agent)
        intake = IntakeProfile(
            isVIP: reader.optional(Self.vip) ?? false,
            priorityFloor: reader.optional(Self.floor)?.priority,
            queueID: reader.optional(Self.queue)
        )
        guard let name, let scopes else { return nil }
        self.name = name
        self.scopes = scopes
    }

    /// Nobody gives away more than he has: not what he may do, nor how long. A key that is nobody's may make one for an agent: it may do all that any agent may,
    /// and the new one says who made it.
    ///
    /// - Throws: 403 for a key that is bound to an agent or says something about its tickets, since the new one need not be; 422 at each wrong place.
    func check(for principal: Principal) throws(Problem) {
        guard principal.agentID == nil, principal.intake == .none else {
            throw Problem(.forbidden, "A key that acts for an agent, or says something about the tickets that come through it, makes no keys.")
        }
        var errors = FieldErrors()
        for (index, scope) in scopes.enumerated() where !principal.scopes.permits(scope) {
            errors.add(FieldError(.pointer("/scopes/\(index)"), .notAllowed, "The key that asks lacks it."))
        }
        if let end = principal.expiresAt, expiresAt.map({ $0 > end }) ?? true {
            errors.add(FieldError(.pointer("/expires_at"), .outOfRange, "The key that asks is over at \(end): give that time, or one before."))
        }
        guard errors.isEmpty else { throw .invalid(errors.list) }
    }
}

/// What ends with a key.
struct RevocationQuery: QueryParameters {
    private static let descendants = QueryField("with_descendants", .boolean, "`true`: all keys that it made end, too, and all that these made.")
    static let parameters = [descendants.parameter]

    let withDescendants: Bool

    init?(from reader: inout QueryReader) {
        withDescendants = reader.value(Self.descendants) ?? false
    }
}

/// `/v1/api-keys/{api_key_id}`
struct KeyPath: PathParameters {
    private static let field = PathField("api_key_id", .id(Entity.APIKey.self), "The key's id.")
    static let parameters = [field.parameter]
    let id: APIKeyID

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(Self.field)
    }
}
