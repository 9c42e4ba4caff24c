public import Domain

/// What every command on a ticket is told beside what it shall do: which ticket of whose, who wants it, and on what terms.
public struct TicketRequest: Sendable {
    public var ticket: TicketID
    public let tenant: TenantID
    /// Who asks. The commands that only an agent gives name him themselves: their events are his, whoever sent them for him.
    public let actor: Actor
    /// The versions that the caller accepts (If-Match); nil accepts any.
    public var expectedVersion: ExpectedVersions?
    public let idempotency: IdempotentCall?
    /// A provider's agent, who may work on the ticket only while it is his (features.md A3.15); nil where the caller may on all of the tenant's. Commands that
    /// are his by other means, as the answer to an offer, look at these themselves.
    public var confinedTo: AgentID?

    public init(
        _ ticket: TicketID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentCall? = nil,
        confinedTo: AgentID? = nil
    ) {
        self.ticket = ticket
        self.tenant = tenant
        self.actor = actor
        self.expectedVersion = expectedVersion
        self.idempotency = idempotency
        self.confinedTo = confinedTo
    }

    /// The same for a command that looks itself at whose turn it is.
    var unconfined: TicketRequest {
        var request = self
        request.confinedTo = nil
        return request
    }
}
