import Domain
import Store
import TestSupport
import Testing
import UseCases

/// `docket doctor` on what follows from a ticket's queue: places, classes and steps of those who wait, and on tickets on hold that nobody has.
@Suite struct DoctorEntryTests {
    private static func configure(_ desk: DoctorDesk, _ assignments: String) async throws {
        try await desk.database.sql(
            "UPDATE docket.queue SET \(assignments); UPDATE docket.tenant_configuration SET version = version + 1"
        )
    }

    private static func harm(_ desk: DoctorDesk, _ change: String) async throws {
        #expect(try await desk.finding(.routingEntries).status == .ok)
        let row = "SELECT (class_key, class_step, rank_at, next_step_at)::text FROM docket.routing_entry"
        let before = try await desk.value(row)
        try await desk.database.sql("UPDATE docket.routing_entry SET \(change)")
        let finding = try await desk.finding(.routingEntries)
        #expect(finding.status == .problem && finding.number("stale") == 1, "\(change)")
        #expect(try await desk.repair(.routingEntries) == 1)
        #expect(try await desk.finding(.routingEntries).status == .ok)
        #expect(try await desk.value(row) == before)
        #expect(try await desk.repair(.routingEntries) == 0)
    }

    @Test(
        "An entry of another class or place, or whose next step is unknown or too late",
        arguments: [
            "class_key = class_key + 1", "class_step = 1", "rank_at = rank_at - interval '1 min'", "next_step_at = NULL",
            "next_step_at = next_step_at + interval '1 s'",
        ]
    )
    func wrongEntry(change: String) async throws {
        try await DoctorDesk.with { desk in
            // The queue was edited after the ticket was written: what it says now holds for all.
            try await Self.configure(
                desk,
                #"steps = '[{"after":86400,"drop_from":1}]', boost_minutes = 5, updated_at = docket.now() + interval '1 hour'"#
            )
            try await desk.database.sql(
                """
                UPDATE docket.routing_lane SET overflow_seconds = 0;
                UPDATE docket.routing_entry SET next_step_at = eligible_at + interval '1 day', rank_at = rank_at - interval '5 min';
                """
            )
            try await Self.harm(desk, change)
        }
    }

    @Test(
        "The same in a queue by deadline",
        arguments: [
            "class_key = class_key + 1, class_step = class_step + 1", "class_key = class_key + 1", "rank_at = rank_at - interval '1 min'",
            "rank_at = eligible_at", "next_step_at = NULL",
        ]
    )
    func wrongEntryByDeadline(change: String) async throws {
        try await DoctorDesk.with { desk in
            try await Self.configure(desk, #"steps = '[{"after":86400,"drop_from":1}]', order_by = 'deadline'"#)
            try await desk.database.sql("UPDATE docket.routing_lane SET overflow_seconds = 0")
            // The ticket is written anew, by the queue as it is now.
            _ = try await desk.commands.update(TicketRequest(desk.waiting, in: desk.tenant.id, by: .system)) { before in
                var content = before
                content.subject = "Waits still"
                return content
            }
            try await Self.harm(desk, change)
        }
    }

    @Test("What an edit of the queue has not come to yet is no fault, nor is a step that waits for a pass")
    func edited() async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await Self.configure(
                desk,
                #"steps = '[{"after":60,"drop_from":1}]', boost_minutes = 5, updated_at = docket.now() + interval '1 hour'"#
            )
            try await desk.database.sql("UPDATE docket.routing_lane SET overflow_seconds = -1")
            #expect(try await desk.finding(.routingEntries).status == .ok)
            try await desk.database.sql(
                """
                UPDATE docket.routing_lane SET overflow_seconds = 0;
                UPDATE docket.routing_entry SET next_step_at = eligible_at + interval '60 s', rank_at = rank_at - interval '5 min';
                """
            )
            try await desk.database.advanceClock(by: 100)
            #expect(try await desk.finding(.routingEntries).status == .ok)
        }
    }

    @Test("Tickets on hold that no agent has are named, and those that somebody has are not")
    func onHold() async throws {
        try await DoctorDesk.with { desk in
            let states = [desk.waiting, desk.assigned]
            for id in states { _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .onHold) }
            let finding = try await desk.finding(.onHold)
            #expect(finding.status == .warning && finding.number("without_agent") == 1)
            let number = try await desk.value("SELECT number FROM docket.ticket WHERE id = '\(desk.waiting)'")
            #expect(finding.details.count == 1 && finding.details.first?.hasSuffix("#\(number)") == true, "\(finding.details)")
            _ = try await desk.commands.assign(TicketRequest(desk.waiting, in: desk.tenant.id, by: .system), to: desk.agent)
            #expect(try await desk.finding(.onHold).status == .ok)
        }
    }
}
