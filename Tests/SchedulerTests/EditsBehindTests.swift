import Domain
import Store
import TestSupport
import Testing
import UseCases

/// An edit holds from its own time, also for what falls due before the re-evaluation reaches the ticket (decision 0066).
@Suite struct EditsBehindTests {
    private static let breaches = "SELECT count(*) FROM docket.sla_firing WHERE kind = 'breach'"

    /// Two hours instead of one, of which 1,000 s are over; 3,700 s are when somebody looks.
    private func putOff(_ body: @Sendable (SchedulerDesk, TicketID) async throws -> Void) async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            try await desk.advance(by: 1_000)
            try await desk.setTarget(7_200)
            try await desk.advance(by: 2_700)
            try await body(desk, id)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A deadline that an edit has put off does not fire before the re-evaluation comes; what is due by the edit does, and the edit is told once")
    func scheduler() async throws {
        try await putOff { desk, id in
            let report = try await desk.fire()
            #expect(report.breaches == 0 && report.warnings == 1 && report.hasMore)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.policy_changed", "sla.warned"])
            #expect(try await desk.timers(dueAfter: 7_200) == 1)
            #expect(try await desk.newestReevaluation().changed == 1)
            try await desk.reevaluate()
            #expect(try await desk.policyChanges() == 1)
            #expect(try await desk.newestReevaluation().changed == 1)
            try await desk.advance(by: 3_600)
            #expect(try await desk.fire().breaches == 1)
            #expect(try await desk.number(Self.breaches + " AND target_version = 2") == 1)
        }
    }

    @Test("Nor does the re-evaluation itself record it, nor an answer that comes before")
    func whoComesFirst() async throws {
        try await putOff { desk, id in
            try await desk.reevaluate()
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.policy_changed", "sla.warned"])
            #expect(try await desk.number(Self.breaches) == 0)
        }
        try await putOff { desk, id in
            try await desk.reply(to: id, by: try await desk.tenant.addAgent())
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "met")
            #expect(try await desk.number(Self.breaches) == 0)
            #expect(try await desk.policyChanges() == 1)
        }
    }

    @Test("A ticket that cannot be read fires by what its clocks know")
    func unreadable() async throws {
        try await putOff { desk, id in
            let fields = try await desk.value("SELECT fields FROM docket.ticket")
            try await desk.database.sql("UPDATE docket.ticket SET fields = '7'")
            #expect(try await desk.fire().breaches == 1)
            try await desk.database.sql("UPDATE docket.ticket SET fields = '\(fields)'")
        }
    }

    @Test("What applies for another reason than an edit of the ticket's own policy holds from when that is seen")
    func anotherReason() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            try await desk.advance(by: 1_000)
            try await desk.publish(position: 0, seconds: 1_200, conditions: .field("category", .equals, .text("printer")))
            try await desk.reevaluate()
            #expect(try await desk.policyChanges() == 0)
            try await desk.advance(by: 1_700)
            // As where its organization's tier is another now.
            try await desk.database.sql("UPDATE docket.ticket SET category = 'printer'")
            try await desk.publish(position: 5, seconds: 60, conditions: .field("category", .equals, .text("other")), name: "Third")
            try await desk.reevaluate()
            #expect(try await desk.policyChanges() == 1)
            let dated = "SELECT count(*) FROM docket.ticket_event WHERE kind = 'sla.policy_changed' AND data ? 'since'"
            #expect(try await desk.number(dated) == 0)
            #expect(try await desk.value("SELECT data ->> 'cause' FROM docket.ticket_event WHERE kind = 'sla.breached'") == "retarget")
            #expect(try await desk.kinds(of: id).last == "sla.breached")
        }
    }

    @Test("What fell due before the edit has fallen due: it is recorded, and the laxer target lets the clock run again")
    func dueBefore() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            try await desk.advance(by: 3_700)
            try await desk.setTarget(7_200)
            try await desk.advance(by: 10)
            #expect(try await desk.fire().breaches == 1)
            let row = "SELECT target_version || ' ' || extract(epoch FROM scheduled_for - (SELECT created_at FROM docket.ticket))::int"
            #expect(try await desk.value("\(row) FROM docket.sla_firing WHERE kind = 'breach'") == "1 3600")
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "running")
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A change of the ticket that brings another policy comes after an edit that it did not know of yet")
    func changeAfterEdit() async throws {
        try await putOff { desk, id in
            // By the policy for printers twenty minutes are over long ago: missed now, by nobody's edit.
            try await desk.publish(position: 0, seconds: 1_200, conditions: .field("category", .equals, .text("printer")))
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) { content in
                var content = content
                content.category = "printer"
                return content
            }
            #expect(try await desk.kinds(of: id).filter { $0 == "sla.policy_changed" }.count == 2)
            let rows = try await desk.database.sql("SELECT target_version FROM docket.sla_firing WHERE kind = 'breach'")
            #expect(rows == [["3"]])
        }
    }

    @Test("Hours that an edit closes are not counted by whoever has not heard of it, also under a prospective policy", arguments: [true, false])
    func calendar(isProspective: Bool) async throws {
        let retarget = isProspective ? "prospective" : "retroactive"
        let policy = #"""
            {"name":"Hours","targets":[{"metric":"first_response","seconds":3600,"mode":"business"}],"calendar_id":"$CALENDAR",
            "options":{"retarget":"\#(retarget)"}}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            try await desk.database.freezeClock()
            let id = try await desk.create()
            try await desk.advance(by: 1_000)
            let calendar = try #require(CalendarID(try await desk.value("SELECT id FROM docket.calendar")))
            let day = try #require(CivilDate(try await desk.value("SELECT to_char(docket.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')")))
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
                var content = content
                content.definition.closures = [CalendarClosure(.dates(day, CivilDate(daysSince1970: day.daysSince1970 + 2)))]
                content.effectiveFrom = nil
                return content
            }
            try await desk.advance(by: 2_700)
            #expect(try await desk.fire().fired == 0)
            let opens = Int64(day.daysSince1970 + 3) * 86_400
            #expect(try await desk.number("SELECT round(extract(epoch FROM due_at))::bigint FROM docket.sla_timer") == Int(opens + 2_600))
            try await desk.reevaluate()
            #expect(try await desk.policyChanges() == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }
}
