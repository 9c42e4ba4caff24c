import Domain
import Store

/// Ends offers that nobody answers, and rounds in which everybody was asked (routing.md G).
public struct Offers: Sendable {
    private let environment: UseCaseEnvironment

    /// How many are found, and how many of them one look ends: which is left to chance, as with ``AbsentAgents``.
    private static let foundLimit = 1_000
    private static let limit = 200

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// Ends some of the offers whose time is over, each in a transaction of its own: the tickets are offered to others, and who did not answer may be
    /// put on a break.
    ///
    /// - Parameter failures: told of the tickets whose offers could not be ended; they hold up no other, and are found again.
    /// - Returns: how many were ended.
    /// - Throws: ``StoreError``, where the database cannot be reached; the rest is found again.
    @discardableResult
    public func endDue(failures: FailureSink) async throws -> Int {
        var count = 0
        for due in try await environment.database.offersDue(limit: Self.foundLimit).shuffled().prefix(Self.limit) {
            let isEnded = try await failures.attempt(due.tenant, ticket: due.ticket) { try await end(due.ticket, of: due.tenant) }
            if isEnded == true { count += 1 }
        }
        return count
    }

    private func end(_ ticket: TicketID, of tenant: TenantID) async throws -> Bool {
        try await TicketCommands(environment: environment).changeAsDispatcher(ticket, of: tenant) { situation in
            let change = environment.rules.expireOffer(situation.ticket, at: situation.now)
            guard let offer = situation.ticket.offer, !change.isEmpty else { return change }
            // Who is gone could not answer: that is no miss (routing.md F).
            let attendance = try await situation.transaction.first(of: LoadAttendance(tenant: tenant, agent: offer.agentID))
            if attendance?.isGone(grace: 0) == true {
                return environment.rules.rescindOffer(situation.ticket, to: offer.agentID, at: situation.now)
            }
            let most = situation.ticket.content.channel.maximumMisses
            try await situation.transaction.run(RecordMiss(tenant: tenant, agent: offer.agentID, most: most))
            return change
        }
    }

    /// Everybody was asked who could take the ticket: the next round asks them again, or nobody is asked any more.
    func endRound(of ticket: TicketID, in tenant: TenantID) async throws {
        _ = try await TicketCommands(environment: environment).changeAsDispatcher(ticket, of: tenant) {
            environment.rules.endOfferRound($0.ticket, at: $0.now)
        }
    }
}
