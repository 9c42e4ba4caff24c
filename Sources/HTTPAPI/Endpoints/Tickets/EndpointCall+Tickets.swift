import Domain
import UseCases

extension EndpointCall {
    /// Gives a command on a ticket for the caller, and answers with what it leaves.
    ///
    /// - Parameters:
    ///   - id: the ticket in the path, whose version `If-Match` names.
    ///   - answer: makes the answer of the ticket; a repeated request gets the one that was stored.
    ///   - command: gives the command as it is requested.
    /// - Throws: what the command throws; another version than the expected one is 412 with the tag of the present one (api.md 4).
    func command(
        on id: TicketID,
        _ environment: APIEnvironment,
        answer: @escaping @Sendable (Ticket) -> Reply<Output>,
        _ command: (TicketRequest) async throws -> CommandOutcome
    ) async throws -> Reply<Output> {
        try await tagging(id) {
            let tenant = principal.tenantID
            let request = TicketRequest(
                id,
                in: tenant,
                by: principal.actor,
                expectedVersion: ifMatch?.precondition(on: id).expected,
                idempotency: idempotency?.write(answer),
                confinedTo: principal.viewer
            )
            return try await command(request).reply(answer)
        }
    }
}

extension EndpointCall where Output == TicketResource {
    /// Gives a command on a ticket for the caller, and answers with the ticket as it is afterwards.
    func command(
        on id: TicketID,
        _ environment: APIEnvironment,
        _ command: (TicketRequest) async throws -> CommandOutcome
    ) async throws -> Reply<TicketResource> {
        try await self.command(on: id, environment, answer: { .ticket($0) }, command)
    }
}

extension CommandOutcome {
    /// The answer: made now, or the one that was stored when the command was done.
    func reply<Output>(_ answer: (Ticket) -> Reply<Output>) -> Reply<Output> {
        switch self {
        case .done(let change): answer(change.after)
        case .replayed(let record): .replayed(record.response)
        }
    }
}
