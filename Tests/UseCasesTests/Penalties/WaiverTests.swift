import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Waivers: one asks, another decides, the history stays; statements follow.
@Suite struct WaiverTests {
    private func month(_ desk: PenaltyDesk, of line: PenaltyStatement.Line) throws -> CivilMonth {
        try #require(CivilMonth(String(line.penalty.breach.breachedAt.description.prefix(7))))
    }

    @Test("Asked, granted by another: the entry is waived and moves in the statement")
    func approval() async throws {
        try await PenaltyDesk.with { desk in
            let line = try await desk.late(byHours: 2)
            let (penalties, penalty, id) = (desk.penalties, line.penalty.id, desk.id)
            let month = try month(desk, of: line)
            let before = try await penalties.statement(of: month, zone: "UTC", in: id)
            #expect(before.totals.map(\.tally.amount) == [500] && before.unassessed == 0)

            let waiver = try await penalties.requestWaiver(of: penalty, reason: "Announced maintenance", by: desk.agents[0], in: id)
            #expect(try await penalties.load(penalty, in: id).line.isWaived == false)
            let second = try await refusal { _ = try await penalties.requestWaiver(of: penalty, reason: "Again", by: desk.agents[1], in: id) }
            guard case .conflict = second else { throw UseCaseError.busy }
            let own = try await refusal {
                _ = try await penalties.decideWaiver(waiver.id, of: penalty, isApproved: true, note: nil, by: desk.agents[0], in: id)
            }
            #expect(own?.pointers == ["/agent_id"])
            let granted = try await penalties.decideWaiver(waiver.id, of: penalty, isApproved: true, note: "Agreed", by: desk.agents[1], in: id)
            #expect(granted.state == .approved && granted.decidedBy == desk.agents[1])
            let twice = try await refusal {
                _ = try await penalties.decideWaiver(waiver.id, of: penalty, isApproved: false, note: nil, by: desk.agents[1], in: id)
            }
            guard case .conflict = twice else { throw UseCaseError.busy }

            // Computing again leaves the waiver as it is.
            try await desk.database.sql("UPDATE docket.sla_penalty SET through_seq = 1")
            _ = try await desk.ledger.compute(try await desk.span(), in: id)
            let after = try await penalties.statement(of: month, zone: "UTC", in: id)
            #expect(
                after.totals.map(\.tally.amount) == [0] && after.totals.map(\.tally.waivedAmount) == [500] && after.lines.map(\.isWaived) == [true]
            )
            #expect(try await penalties.load(penalty, in: id).waivers == [granted])
        }
    }

    @Test("A waiver covers what the entry cost when it was granted; what the breach costs later is charged, and may be waived by another")
    func growth() async throws {
        try await PenaltyDesk.with { desk in
            let (penalties, id) = (desk.penalties, desk.id)
            @Sendable func grant(_ penalty: SLAPenaltyID) async throws {
                let waiver = try await penalties.requestWaiver(of: penalty, reason: "Known fault", by: desk.agents[0], in: id)
                _ = try await penalties.decideWaiver(waiver.id, of: penalty, isApproved: true, note: nil, by: desk.agents[1], in: id)
            }
            _ = try await desk.create()
            try await desk.advance(hours: 2.5)
            try await desk.fire()
            _ = try await desk.ledger.compute(try await desk.span(), in: id)
            let early = try #require(try await desk.lines().first)
            try await grant(early.penalty.id)
            try await desk.advance(hours: 2)
            _ = try await desk.ledger.compute(try await desk.span(), in: id)
            let grown = try #require(try await desk.lines().first)
            #expect(grown.penalty.price?.amount == 500 && grown.waived == 100 && grown.charged == 400 && !grown.isWaived)
            let statement = try await penalties.statement(of: try month(desk, of: grown), zone: "UTC", in: id)
            #expect(statement.totals.map(\.tally.amount) == [400] && statement.totals.map(\.tally.waivedAmount) == [100])
            try await grant(early.penalty.id)
            let entry = try await penalties.load(early.penalty.id, in: id)
            #expect(entry.line.isWaived && entry.waivers.map(\.amount) == [500, 100])
            let again = try await refusal { try await grant(early.penalty.id) }
            guard case .conflict = again else { throw UseCaseError.busy }
        }
    }

    @Test("Rejected: the entry stays, another request may follow, and both are kept")
    func rejection() async throws {
        try await PenaltyDesk.with { desk in
            let line = try await desk.late(byHours: 1)
            let (penalties, penalty, id) = (desk.penalties, line.penalty.id, desk.id)
            let first = try await penalties.requestWaiver(of: penalty, reason: "Please", by: desk.agents[0], in: id)
            _ = try await penalties.decideWaiver(first.id, of: penalty, isApproved: false, note: "No", by: desk.agents[1], in: id)
            let second = try await penalties.requestWaiver(of: penalty, reason: "With proof", by: desk.agents[1], in: id)
            let entry = try await penalties.load(penalty, in: id)
            #expect(entry.waivers.map(\.state) == [.requested, .rejected] && entry.waivers.map(\.id) == [second.id, first.id])
            #expect(!entry.line.isWaived)
        }
    }

    @Test("However many were rejected, the one that waits is shown first and decided, and one that was granted long ago still holds")
    func many() async throws {
        try await PenaltyDesk.with { desk in
            let line = try await desk.late(byHours: 1)
            let (penalties, penalty, id) = (desk.penalties, line.penalty.id, desk.id)
            func addRejected() async throws {
                try await desk.database.sql(
                    """
                    INSERT INTO docket.sla_waiver (tenant_id, id, penalty_id, state, reason, requested_by, requested_at, decided_by, decided_at)
                        SELECT '\(id)', gen_random_uuid(), '\(penalty)', 'rejected', 'x', '\(desk.agents[0])', docket.now(), '\(desk.agents[1])', docket.now()
                        FROM generate_series(1, 100)
                    """
                )
                try await desk.advance(hours: 1)
            }
            try await addRejected()
            let last = try await penalties.requestWaiver(of: penalty, reason: "With proof", by: desk.agents[0], in: id)
            let shown = try await penalties.load(penalty, in: id).waivers
            #expect(shown.count == 100 && shown.first?.id == last.id)
            let other = try await refusal {
                _ = try await penalties.decideWaiver(
                    last.id,
                    of: SLAPenaltyID(high: 1, low: 1),
                    isApproved: true,
                    note: nil,
                    by: desk.agents[1],
                    in: id
                )
            }
            guard case .notFound = other else { throw UseCaseError.busy }
            #expect(
                try await penalties.decideWaiver(last.id, of: penalty, isApproved: true, note: nil, by: desk.agents[1], in: id).state == .approved
            )
            try await desk.advance(hours: 1)
            try await addRejected()
            let again = try await refusal { _ = try await penalties.requestWaiver(of: penalty, reason: "Again", by: desk.agents[0], in: id) }
            guard case .conflict = again else { throw UseCaseError.busy }
        }
    }

    @Test("Of two requests at once one is made")
    func race() async throws {
        try await PenaltyDesk.with { desk in
            let penalty = try await desk.late(byHours: 1).penalty.id
            let made = await withTaskGroup(of: Bool.self) { group in
                for agent in desk.agents + desk.agents {
                    group.addTask { (try? await desk.penalties.requestWaiver(of: penalty, reason: "x", by: agent, in: desk.id)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.sla_waiver") == [["1"]])
        }
    }

    @Test("What does not exist, costs nothing or is nobody's is refused")
    func refusals() async throws {
        try await PenaltyDesk.with { desk in
            let line = try await desk.late(byHours: 1)
            let (penalties, id) = (desk.penalties, desk.id)
            let nobody = AgentID(high: 1, low: 1)
            let other = try await TestTenant.make(in: desk.database)
            for tenant in [id, other.id] {
                let penalty = tenant == id ? SLAPenaltyID(high: 1, low: 1) : line.penalty.id
                let missing = try await refusal { _ = try await penalties.requestWaiver(of: penalty, reason: "x", by: desk.agents[0], in: tenant) }
                guard case .notFound = missing else { throw UseCaseError.busy }
            }
            let unknown = try await refusal { _ = try await penalties.requestWaiver(of: line.penalty.id, reason: "x", by: nobody, in: id) }
            #expect(unknown?.pointers == ["/agent_id"])
            let empty = try await refusal { _ = try await penalties.requestWaiver(of: line.penalty.id, reason: " ", by: desk.agents[0], in: id) }
            #expect(empty?.pointers == ["/reason"])
            try await desk.database.sql("UPDATE docket.sla_penalty SET amount = NULL, currency = NULL, over_seconds = NULL")
            let free = try await refusal { _ = try await penalties.requestWaiver(of: line.penalty.id, reason: "x", by: desk.agents[0], in: id) }
            guard case .conflict = free else { throw UseCaseError.busy }
        }
    }

    @Test("A statement tells what the ledger lacks, and is one policy's where asked")
    func statements() async throws {
        try await PenaltyDesk.with { desk in
            _ = try await desk.create()
            try await desk.advance(hours: 3)
            try await desk.fire()
            let now = try await desk.api.clock.read()
            let due = now.adding(microseconds: -3_600_000_000)
            let month = try #require(CivilMonth(String(due.description.prefix(7))))
            #expect(try await desk.penalties.statement(of: month, zone: "UTC", in: desk.id).unassessed == 1)
            _ = try await desk.ledger.compute(try await desk.span(), in: desk.id)
            let statement = try await desk.penalties.statement(of: month, zone: "UTC", in: desk.id)
            #expect(statement.unassessed == 0 && statement.totals.map(\.tally.openCount) == [1])
            let other = try await desk.penalties.statement(of: month, zone: "UTC", policy: SLAPolicyID(high: 1, low: 1), in: desk.id)
            #expect(other.lines.isEmpty)
            let before = try #require(CivilMonth(year: month.year - 1, month: month.month))
            #expect(try await desk.penalties.statement(of: before, zone: "UTC", in: desk.id).lines.isEmpty)
            await #expect(throws: UseCaseError.self) { try await desk.penalties.statement(of: month, zone: "Mars/Olympus", in: desk.id) }
        }
    }
}
