import CoreMetrics
import Domain
import Logging
import Telemetry
import TestSupport
import Testing
import UseCases

@testable import Dispatcher

/// What a dispatcher counts, against what was counted by hand.
@Suite struct DispatcherMetricsTests {
    @Test("After a pass that gave out three of five tickets the counters say three, and the histogram how long each had waited")
    func counted() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            _ = try await desk.tenant.addAgent(capacity: 3)
            for _ in 0..<2 { try await desk.create() }
            try await desk.advance(by: 40)
            for _ in 0..<3 { try await desk.create() }
            try await desk.advance(by: 20)
            let registry = PrometheusRegistry()
            let report = try await withMetricsFactory(registry) {
                let runner = DispatchTurnRunner(passes: desk.passes, metrics: DispatcherMetrics(), quantum: 100, logger: Logger(label: "test"))
                var board = DispatchBoard(quantum: 50)
                board.add(RoutingLane(tenant: desk.tenant.id, queue: desk.tenant.queue, weight: 1))
                let turn = board.next()
                return await runner.run(try #require(turn))
            }
            #expect(report.done == [desk.tenant.queue])
            let figures = Self.figures(registry)
            #expect(figures["docket_dispatcher_assigned_total"] == 3)
            #expect(figures["docket_dispatcher_passes_total"] == 1)
            #expect(figures["docket_dispatcher_failed_passes_total"] ?? 0 == 0)
            #expect(figures["docket_dispatcher_offered_total"] == 0)
            #expect(figures["docket_dispatcher_pass_seconds_count"] == 1)
            // Two for a minute and one for twenty seconds; a process carries the time forward by a second at most.
            #expect(figures["docket_dispatcher_ticket_wait_seconds_count"] == 3)
            let waited = try #require(figures["docket_dispatcher_ticket_wait_seconds_sum"])
            #expect(abs(waited - 140) <= 6, "\(waited)")
        }
    }

    /// Each line without labels.
    private static func figures(_ registry: PrometheusRegistry) -> [String: Double] {
        let lines = String(decoding: registry.exposition(), as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
        let pairs = lines.map { $0.split(separator: " ") }.filter { $0.count == 2 }
        return Dictionary(pairs.map { (String($0[0]), Double($0[1]) ?? .nan) }) { first, _ in first }
    }
}
