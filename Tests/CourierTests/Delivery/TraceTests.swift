import Courier
import Domain
import Logging
import Store
import Synchronization
import Telemetry
import TestSupport
import Testing
import UseCases

/// api.md 2: the trace of the request that caused a delivery goes with it.
@Suite struct TraceTests {
    private static let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test func everyAttemptIsASpanOfTheRequestsTrace() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(1, to: endpoint)
            try await desk.sql("UPDATE docket.outbox SET traceparent = '\(Self.trace)', tracestate = 'a=1, b=2'")
            try await desk.addRows(1, to: endpoint)
            let transport = RecordingWebhookTransport(status: 500)
            let log = RecordedLines()
            var harness = CourierHarness(database: database)
            harness.logger = Logger(label: "courier") { _ in log.handler }
            try await harness.run(transport) {
                try await expectSoon { try await desk.count("delivery_attempt") >= 2 }
                try await desk.database.advanceClock(by: 60)
                try await expectSoon { try await desk.count("delivery_attempt") >= 4 }
            }
            let sent = transport.sent.compactMap(\.traceparent)
            #expect(sent.count == 2 && transport.sent.count == 4)
            #expect(transport.sent.map { $0.tracestate ?? "none" }.sorted() == ["a=1, b=2", "a=1, b=2", "none", "none"])
            let spans = try sent.map { try #require(TraceParent($0)) }
            let origin = try #require(TraceParent(Self.trace))
            #expect(spans.allSatisfy { $0.traceID == origin.traceID && $0.isSampled })
            #expect(Set(spans.map(\.spanText) + [origin.spanText]).count == 3)
            let lines = log.all.filter { $0.hasPrefix("an attempt was made") }
            #expect(lines.count == 4 && lines.count { $0.contains("trace_id=\(origin.traceID)") } == 2, "\(lines)")
        }
    }

    @Test func isKeptWithADeliveryThatIsGivenUp() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(1, to: endpoint)
            try await desk.sql("UPDATE docket.outbox SET traceparent = '\(Self.trace)', tracestate = 'a=1'")
            try await CourierHarness(database: database).run(RecordingWebhookTransport(status: 410)) {
                try await desk.expectEmptied()
            }
            let kept = try await desk.value("SELECT traceparent || ' ' || tracestate || ' ' || event_type FROM docket.outbox_dead")
            #expect(kept == "\(Self.trace) a=1 ticket.state_changed")
        }
    }
}

/// The messages of a log with their metadata.
private final class RecordedLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    var handler: Handler { Handler(log: self) }

    struct Handler: LogHandler {
        let log: RecordedLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.map { "\($0.key)=\($0.value)" }
            log.lines.withLock { $0.append("\(event.message) \(fields.joined(separator: " "))") }
        }
    }
}
