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

    private static func repairEntries(_ desk: DoctorDesk) async throws -> DoctorRepair {
        var options = DoctorOptions()
        options.skipped = Set(DoctorCheck.allCases).subtracting([.routingEntries])
        return try #require(try await desk.withDoctor(options) { try await $0.repair() }.first)
    }

    @Test("Skills that a ticket's row has out of order or twice are compared as they are read, and written once", .timeLimit(.minutes(10)))
    func unorderedSkills() async throws {
        try await DoctorDesk.with { desk in
            var skills: [SkillID] = []
            for key in ["a", "b", "c"] { skills.append(try await desk.tenant.addSkill(key)) }
            skills.sort()
            try await desk.database.sql(
                """
                UPDATE docket.ticket SET required_skills = ARRAY['\(skills[1])', '\(skills[0])', '\(skills[1])']::uuid[], required_levels = '{2,1,3}',
                    optional_skills = ARRAY['\(skills[2])', '\(skills[0])', '\(skills[2])']::uuid[], optional_ranks = '{2,1,1}'
                WHERE id = '\(desk.waiting)'
                """
            )
            #expect(try await desk.finding(.routingEntries).number("stale") == 1)
            let repair = try await Self.repairEntries(desk)
            #expect(repair.repaired == 1 && repair.isComplete, "\(repair.message)")
            let entry = "SELECT (required_skills, required_levels, optional_skills, optional_ranks)::text FROM docket.routing_entry"
            #expect(try await desk.value(entry) == #"("{\#(skills[0]),\#(skills[1])}","{1,3}",{\#(skills[2])},{1})"#)
            #expect(try await desk.finding(.routingEntries).status == .ok)
            #expect(try await Self.repairEntries(desk).repaired == 0)
        }
    }

    @Test("Entries that cannot be written, however many, keep no later one from being written, and are told of", .timeLimit(.minutes(10)))
    func unwritable() async throws {
        try await DoctorDesk.with { desk in
            for number in 1...110 {
                _ = try await desk.commands.create(NewTicket(content: TicketContent(subject: "Ticket \(number)")), in: desk.tenant.id, by: .system)
            }
            try await desk.database.sql(
                """
                UPDATE docket.ticket SET queue_id = gen_random_uuid() WHERE state = 'waiting_assignment'
                    AND id <> (SELECT t.id FROM docket.ticket t ORDER BY t.id DESC LIMIT 1);
                DELETE FROM docket.routing_entry
                """
            )
            let repair = try await Self.repairEntries(desk)
            #expect(repair.repaired == 1 && !repair.isComplete, "\(repair.message)")
            #expect(repair.message.contains("Entries left as they are, 1"), "\(repair.message)")
            #expect(
                try await desk.value("SELECT ticket_id FROM docket.routing_entry")
                    == desk.value("SELECT id FROM docket.ticket ORDER BY id DESC LIMIT 1")
            )
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
