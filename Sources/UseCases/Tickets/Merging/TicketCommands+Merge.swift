public import Domain
import Store

/// Merging one ticket into another (sla.md, Merge; features.md A4.11).
extension TicketCommands {
    /// Merges a ticket into another: it is closed and points there, its clocks, runs, consultations and bookings end, and whoever waits for it or follows it
    /// does so there. Both are locked in the order of their ids: of two merges crosswise one is done, and the other is refused.
    ///
    /// - Returns: the source as it is afterwards.
    public func merge(_ request: TicketRequest, into target: TicketID) async throws -> CommandOutcome {
        try await changeJointly(request, with: [target]) { situation in
            let source = situation.ticket
            guard let into = situation.tickets[target] else { throw TicketRefusal.merge(.unknownTarget) }
            try environment.rules.requireMergeable(source, into: into)
            let belongings = try await belongings(of: source, into: into, in: situation)
            let change = try environment.rules.merge(source, into: into, belongings: belongings, by: request.actor, at: situation.now)
            return JointChange(answer: change.source, others: [change.target]) {
                Self.write(change, belongings: belongings, in: situation.tenant, to: &$0)
            }
        }
    }

    private func belongings(of source: Ticket, into target: Ticket, in situation: Situation) async throws -> MergeBelongings {
        let tenant = situation.tenant
        var statements = StatementList()
        let consultations = statements.add(LoadOpenConsultations(tenant: tenant, ticket: source.id))
        let sides = [source.id, target.id]
        let followers = sides.map { statements.add(LoadFollowers(tenant: tenant, ticket: $0, limit: Self.maximumFollowersRead)) }
        let requesters = sides.map { statements.add(LoadRequesterFollowers(tenant: tenant, ticket: $0, limit: MergeBelongings.maximumRequesters)) }
        let result = try await situation.transaction.run(statements)
        return MergeBelongings(
            consultations: try result.rows(consultations),
            oldestUnanswered: try await oldestUnanswered(of: source, in: situation),
            followers: (try result.rows(followers[0]).map(\.agent), try result.rows(followers[1]).map(\.agent)),
            requesters: (try result.rows(requesters[0]).map(\.requester), try result.rows(requesters[1]).map(\.requester))
        )
    }

    /// The most followers of a ticket that a merge looks at: more than it may have, for those whom levels added.
    private static let maximumFollowersRead = 1_000

    /// Since when the source's customer waits: its clocks know; where there are none, or they stand still because a cancel condition was met, its history.
    private func oldestUnanswered(of source: Ticket, in situation: Situation) async throws -> Timestamp? {
        if let facts = situation.promises[source.id]?.ledger?.facts, !facts.isFinished { return facts.oldestUnanswered }
        let history = TicketHistory(ticket: source.id, tenant: situation.tenant, transaction: situation.transaction)
        var replay = SLAHistoryReplay(engine: situation.configuration.promises.engine)
        do {
            try await history.eachPage { page in
                let signals = page.flatMap { $0.signals(lifecycle: environment.rules.lifecycle) }
                try replay.follow(signals.filter { if case .cancelConditionMet = $0.kind { false } else { true } })
            }
            return try replay.ended().ledger.facts.oldestUnanswered
        } catch is SLAError {
            return nil
        }
    }

    private static func write(
        _ change: (source: TicketChange, target: TicketChange),
        belongings: MergeBelongings,
        in tenant: TenantID,
        to statements: inout StatementList
    ) {
        let time = change.source.after.updatedAt
        for asked in belongings.consultations { statements.add(CloseConsultation(tenant: tenant, consultation: asked, answer: nil, time: time)) }
        for case .verb(.absorbed(let absorbed)) in change.target.events.map(\.payload) {
            let target = change.target.after
            if !absorbed.followers.isEmpty {
                statements.add(InsertFollowers(tenant: tenant, followers: absorbed.followers.map { (target.id, $0) }, time: target.updatedAt))
            }
            if !absorbed.requesters.isEmpty {
                statements.add(
                    InsertRequesterFollowers(tenant: tenant, ticket: target.id, requesters: absorbed.requesters, time: target.updatedAt)
                )
            }
        }
    }
}
