public import Domain
import Store

/// Urging, and calling for help (features.md A3.7, A3.12).
extension TicketCommands {
    /// Somebody wants the ticket to get on; its agent hears of it by the webhooks' `ticket.urged`.
    ///
    /// - Parameters:
    ///   - text: 1 to 1,000 characters.
    ///   - requester: the customer who urges, where one does; must exist in the tenant.
    public func urge(_ request: TicketRequest, text: String, requester: RequesterID? = nil) async throws -> CommandOutcome {
        try await change(request) { situation in
            if let requester {
                guard try await situation.transaction.first(of: RequesterExists(tenant: situation.tenant, requester: requester)) == true else {
                    throw UseCaseError.invalid([TicketValidation.unknownRequester])
                }
            }
            let by = requester.map { Actor.requester($0) } ?? request.actor
            return try environment.rules.urge(situation.ticket, text: text, by: by, at: situation.now)
        }
    }

    /// Starts the escalation chain of the ticket's queue, else that of its policy, at once.
    ///
    /// - Parameter reason: 1 to 1,000 characters.
    public func escalate(_ request: TicketRequest, cause: EscalationRequestCause, reason: String) async throws -> CommandOutcome {
        try await change(request) { situation in
            let live = try await situation.transaction.rows(of: LoadRuns(tenant: situation.tenant, tickets: [situation.ticket.id]))
            return try environment.rules.escalate(
                situation.ticket,
                cause: cause,
                reason: reason,
                run: environment.identifiers.next(),
                chain: situation.configuration.escalationPath(of: situation.ticket),
                isRunning: live.contains { $0.trigger == cause.rawValue },
                by: request.actor,
                at: situation.now
            )
        }
    }
}
