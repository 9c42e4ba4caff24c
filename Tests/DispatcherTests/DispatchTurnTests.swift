import Logging
import Store
import TestSupport
import Testing
import UseCases

@testable import Dispatcher
@testable import Domain

/// What a turn costs its tenant (routing.md H).
@Suite struct DispatchTurnTests {
    @Test(
        "To look at a ticket that stays costs an eighth of one that is given out; a pass costs something",
        arguments: [(0, 0, 0, 1), (0, 0, 7, 1), (50, 0, 50, 50), (0, 0, 800, 100), (10, 5, 95, 25), (0, 3, 3, 3)] as [(Int, Int, Int, Int)]
    )
    func effort(assigned: Int, refused: Int, examined: Int, expected: Int) {
        var report = RoutingPassReport()
        let (ticket, agent) = (TicketID(high: 0, low: 1), AgentID(high: 0, low: 1))
        let assignment = RoutingAssignment(ticket: ticket, agent: agent, weight: 1, step: 0, assignedAt: Timestamp(microseconds: 0))
        report.assigned = Array(repeating: assignment, count: assigned)
        report.refused = refused
        report.examined = examined
        #expect(report.effort == expected)
    }

    @Test("A tenant whose turn looked at much and gave little lets the others go first until that is made up for")
    func chargedForLooking() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await RoutingPassTests.unservable(800, in: desk)
            let runner = DispatchTurnRunner(passes: desk.passes, metrics: DispatcherMetrics(), quantum: 50, logger: Logger(label: "test"))
            let instant = ContinuousClock.now
            var board = DispatchBoard(quantum: 50)
            let busy = RoutingLane(tenant: desk.tenant.id, queue: desk.tenant.queue, weight: 1)
            let other = RoutingLane(tenant: TenantID(high: 0, low: 2), queue: QueueID(high: 0, low: 2), weight: 1)
            board.add(busy)
            board.add(other)
            let first = board.next()
            let turn = try #require(first)
            #expect(turn.tenant == busy.tenant)
            let report = await runner.run(turn)
            // Each looked at, and nobody given out: twice the allowance.
            #expect(report.spent == 100 && report.done == [busy.queue])
            board.finish(report, at: instant)
            board.add(busy)
            var order: [TenantID] = []
            for _ in 0..<3 {
                guard let next = board.next() else { break }
                order.append(next.tenant)
                var end = DispatchTurnReport(tenant: next.tenant)
                end.more = next.queues.order
                end.spent = next.allowance
                board.finish(end, at: instant)
            }
            #expect(order == [other.tenant, other.tenant, busy.tenant])
        }
    }
}
