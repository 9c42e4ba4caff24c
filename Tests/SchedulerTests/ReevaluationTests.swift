import Deployment
import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Edits of policies and calendars reach the live tickets (sla.md, Timers, "Policy").
@Suite struct ReevaluationTests {
    @Test("An edited target is the live tickets' target; each says so once, and closed tickets are left alone")
    func edit() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 30)
            try await desk.database.sql("UPDATE docket.ticket SET state = 'closed' WHERE id = '\(ids[3])'")
            #expect(try await desk.reevaluations().step(in: desk.tenant.id).end == .idle)
            try await desk.setTarget(7_200)
            #expect(try await desk.newestReevaluation().state == .waiting)
            #expect(try await desk.reevaluate().end == .idle)
            #expect(try await desk.timers(dueAfter: 7_200) == 29)
            #expect(try await desk.policyChanges() == 29)
            let done = try await desk.newestReevaluation()
            #expect(done.state == .done && done.cause == .policy && done.isCounted)
            let policy = try await desk.policy()
            #expect(done.subject.map { SLAPolicyID(high: $0.high, low: $0.low) } == policy)
            #expect([done.total, done.examined, done.changed, done.breached, done.failed] == [29, 29, 29, 0, 0])
            #expect(done.startedAt != nil && done.finishedAt != nil)
            for id in ids where id != ids[3] { try await desk.expectHistoryRebuilds(id) }
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation_part") == 0)
            // Waiting tickets stay assignable.
            #expect(
                try await desk.number(
                    "SELECT count(*) FROM docket.routing_entry r JOIN docket.ticket t ON t.id = r.ticket_id WHERE r.ticket_version = t.version"
                ) == 30
            )
        }
    }

    @Test("Only tickets to which something else is promised change: a policy for others leaves them as they are")
    func untouched() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let plain = try await desk.create(count: 4)
            var content = TicketContent(subject: "Printer")
            content.category = "printer"
            let printer = try await desk.create(content)
            try await desk.publish(position: 0, seconds: 600, conditions: .field("category", .equals, .text("printer")))
            try await desk.reevaluate()
            let done = try await desk.newestReevaluation()
            #expect([done.total, done.examined, done.changed] == [5, 5, 1])
            #expect(try await desk.kinds(of: printer) == ["ticket.created", "sla.policy_changed"])
            for id in plain { #expect(try await desk.kinds(of: id) == ["ticket.created"]) }
            try await desk.expectHistoryRebuilds(printer)
        }
    }

    @Test("Policies choose by texts, weight and reference: a ticket follows them when it is edited, and when they are")
    func anyField() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let content = TicketContent(subject: "Help", description: "My PRINTER is broken.", externalReference: "EXT-1", weight: 3)
            let id = try await desk.create(content)
            let conditions: [TicketCondition] = [
                .field("description", .contains, .text("printer")), .field("subject", .contains, .text("help")),
                .field("weight", .atLeast, .number(3)), .field("external_ref", .equals, .text("EXT-1")),
            ]
            try await desk.publish(position: 0, seconds: 600, conditions: .all(conditions))
            try await desk.reevaluate()
            #expect(try await desk.timers(dueAfter: 600) == 1)
            for index in 0..<4 {
                _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) { content in
                    var content = content
                    switch index {
                    case 0: content.description = "My screen is broken."
                    case 1: content.subject = "A question"
                    case 2: content.weight = 2
                    default: content.externalReference = nil
                    }
                    return content
                }
                #expect(try await desk.timers(dueAfter: 3_600) == 1, "\(conditions[index])")
                _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) { former in
                    var edited = content
                    edited.queueID = former.queueID
                    return edited
                }
                #expect(try await desk.timers(dueAfter: 600) == 1)
            }
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A deleted policy promises nothing any more, and the next that matches does; its versions stay, and its name is free")
    func deletion() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            let policy = try await desk.policy()
            try await desk.directory.deleteSLAPolicy(policy, in: desk.tenant.id)
            try await desk.reevaluate()
            #expect(try await desk.newestReevaluation().changed == 1)
            #expect(try await desk.database.sql("SELECT DISTINCT state, outcome FROM docket.sla_timer") == [["cancelled", "cancelled"]])
            try await desk.expectHistoryRebuilds(id)
            await #expect(throws: UseCaseError.self) { try await desk.directory.deleteSLAPolicy(policy, in: desk.tenant.id) }
            let queries = DirectoryQueries(environment: desk.api)
            #expect(try await queries.versions(of: policy, as: SLAPolicyContent.self, in: desk.tenant.id, limit: 9).count == 2)
            let name = try await desk.value("SELECT name FROM docket.sla_policy WHERE deleted")
            try await desk.publish(position: 1, seconds: 7_200, name: name)
            try await desk.reevaluate()
            #expect(try await desk.timers(dueAfter: 7_200) == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A tighter target that is used up already breaches at once, and starts the chain; a laxer one turns it back, the breach stays recorded")
    func breach() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.addChain(
                #"{"version":1,"levels":[{"targets":[{"type":"assignee"}],"timeout":1800,"mode":"wall","condition":"not_acked","actions":["notify"]}],"repeats":0}"#
            )
            let id = try await desk.create()
            try await desk.advance(by: 1_000)
            try await desk.setTarget(600)
            try await desk.reevaluate()
            #expect(try await desk.newestReevaluation().breached == 1)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.policy_changed", "sla.warned", "sla.breached"])
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "breached_running")
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") >= 1)
            try await desk.setTarget(7_200)
            try await desk.reevaluate()
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "running")
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE kind = 'breach'") == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("No policy matches any more: cancelled. One matches again: the same instance goes on from its true start")
    func withdrawal() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            try await desk.editPolicy { $0.isActive = false }
            try await desk.reevaluate()
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "cancelled")
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE next_fire_at IS NOT NULL") == 0)
            try await desk.expectHistoryRebuilds(id)
            try await desk.advance(by: 300)
            try await desk.editPolicy { $0.isActive = true }
            try await desk.reevaluate()
            #expect(try await desk.value("SELECT state || instance FROM docket.sla_timer") == "running1")
            #expect(try await desk.timers(dueAfter: 3_600) == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A tenant's first policy gives the tickets that had none their clocks, from their histories")
    func first() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let agent = try await desk.tenant.addAgent()
            let ids = try await desk.create(count: 130)
            try await desk.advance(by: 60)
            try await desk.reply(to: ids[0], by: agent)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_ledger") == 0)
            try await desk.publish(position: 0, seconds: 3_600)
            // One part, of which one transaction reads a hundred histories.
            try await desk.reevaluate(desk.reevaluations(partSize: 500))
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_ledger") == 130)
            #expect(try await desk.timers(dueAfter: 3_600) == 129)
            let done = try await desk.newestReevaluation()
            #expect([done.total, done.examined, done.changed] == [130, 130, 130])
            for id in [ids[0], ids[129]] { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("Histories of tickets without clocks are read so many at a time, and a long one to its end")
    func longHistories() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let agent = try await desk.tenant.addAgent()
            let ids = try await desk.create(count: 4)
            try await desk.note(on: ids[1], by: agent)
            try await desk.database.sql(
                """
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
                    SELECT tenant_id, ticket_id, seq + n, at, xid, version, kind, actor_kind, actor_id, data
                    FROM (SELECT * FROM docket.ticket_event WHERE ticket_id = '\(ids[1])' ORDER BY seq DESC LIMIT 1) last,
                        generate_series(1, 60) n;
                UPDATE docket.ticket SET last_seq = last_seq + 60 WHERE id = '\(ids[1])'
                """
            )
            // What answers it comes after all that.
            try await desk.reply(to: ids[1], by: agent)
            _ = try await desk.publish(position: 1, seconds: 3_600)
            let reevaluations = Reevaluations(environment: desk.scheduler, partSize: 7, maximumEvents: 10)
            var examined: [Int] = []
            var report = try await reevaluations.step(in: desk.tenant.id)
            while report.end == .more {
                if report.examined > 0 { examined.append(report.examined) }
                report = try await reevaluations.step(in: desk.tenant.id)
            }
            #expect(examined.count > 1 && examined.reduce(0, +) == 4)
            // The response was given in one: no clock runs for it.
            let running = try await desk.database.sql("SELECT ticket_id FROM docket.sla_timer WHERE next_fire_at IS NOT NULL").map { $0[0] }
            #expect(Set(running) == Set(ids.map(\.description)).subtracting([ids[1].description]))
            for id in ids { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("A cancel condition that an edit adds ends the clocks for good, as cancelled and not as met")
    func cancelCondition() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            var content = TicketContent(subject: "Test")
            content.category = "test"
            let test = try await desk.create(content)
            let other = try await desk.create()
            try await desk.editPolicy { $0.definition.cancelConditions = [.field("category", .equals, .text("test"))] }
            try await desk.reevaluate()
            #expect(try await desk.value("SELECT state FROM docket.sla_timer WHERE ticket_id = '\(test)'") == "cancelled")
            #expect(try await desk.kinds(of: test) == ["ticket.created", "sla.policy_changed", "sla.cancelled"])
            #expect(try await desk.value("SELECT state FROM docket.sla_timer WHERE ticket_id = '\(other)'") == "running")
            // Nothing later revives it, nor adds to its history.
            try await desk.setTarget(60)
            try await desk.reevaluate()
            #expect(try await desk.kinds(of: test).count == 3)
            for id in [test, other] { try await desk.expectHistoryRebuilds(id) }
            // A new ticket of that kind is not covered at all.
            let late = try await desk.create(content)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE ticket_id = '\(late)' AND state <> 'cancelled'") == 0)
            try await desk.expectHistoryRebuilds(late)
        }
    }

    /// Time zones of which one has got other rules.
    private struct OtherRules: TimeZoneSource {
        func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
            try ZoneFiles().zone(named: name == "Europe/Berlin" ? "America/New_York" : name)
        }
    }

    @Test("With new rules of a time zone the deadlines to come are computed anew, and only where they are others")
    func timeZones() async throws {
        let policy = #"{"name":"Hours","targets":[{"metric":"first_response","seconds":360000,"mode":"business"}],"calendar_id":"$CALENDAR"}"#
        let calendar = #"{"tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]}}"#
        try await SchedulerDesk.with(policy: nil) { desk in
            try await desk.tenant.addPolicy(policy, calendar: calendar)
            let id = try await desk.create()
            let due = try await desk.value("SELECT due_at FROM docket.sla_timer")
            let scheduler = UseCaseEnvironment(database: desk.scheduler.database, wakeUps: WakeUps(notifier: nil), zones: OtherRules())
            for changed in [1, 0] {
                _ = try await Reevaluations(environment: desk.api).requestForTimeZones(
                    in: desk.tenant.id,
                    release: "2099z",
                    zones: OtherRules()
                )
                try await desk.reevaluate(Reevaluations(environment: scheduler))
                let done = try await desk.newestReevaluation()
                #expect(done.state == .done && done.cause == .timeZones && done.changed == changed)
            }
            #expect(try await desk.value("SELECT due_at FROM docket.sla_timer") != due)
            #expect(try await desk.value("SELECT tz_database FROM docket.calendar") == "2099z")
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.policy_changed"])
            // What an edit takes the place of is done with it.
            _ = try await Reevaluations(environment: desk.api).requestForTimeZones(in: desk.tenant.id, release: nil)
            try await desk.editPolicy { $0.definition.quality = "better" }
            #expect(try await desk.value("SELECT is_forced FROM docket.sla_reevaluation WHERE state = 'waiting'") == "t")
            // An edit that moves no deadline is an edit all the same: what is promised has another version.
            try await desk.reevaluate(Reevaluations(environment: scheduler))
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.policy_changed", "sla.policy_changed"])
        }
    }

    @Test("A clock whose policy was withdrawn is counted under that time, also when its ticket ends later")
    func withdrawn() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.database.freezeClock()
            let id = try await desk.create()
            try await desk.advance(by: 300)
            try await desk.editPolicy { $0.isActive = false }
            try await desk.reevaluate()
            let counted =
                "SELECT extract(epoch FROM s.counted_at - t.created_at)::int FROM docket.sla_timer s JOIN docket.ticket t ON t.id = s.ticket_id WHERE s.state = 'cancelled'"
            #expect(try await desk.number(counted) == 300)
            try await desk.advance(by: 600)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .closed)
            #expect(try await desk.number(counted) == 300)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A calendar's next version measures the future: what was missed or warned of stays so, once (decision 0025)")
    func passedStaysPassed() async throws {
        let policy = #"""
            {"name":"Hours","targets":[{"metric":"first_response","seconds":3600,"mode":"business"},{"metric":"resolution","seconds":7200,"mode":"business"}],
            "warnings":[{"percent":50}],"calendar_id":"$CALENDAR"}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let id = try await desk.create()
            try await desk.advance(by: 3_700)
            // The first clock's warning and breach, the second one's warning.
            #expect(try await desk.fire().fired == 3)
            let rows = "SELECT metric, threshold, target_version FROM docket.sla_firing ORDER BY 1, 2, 3"
            let passed = try await desk.database.sql(rows)
            let calendar = try #require(CalendarID(try await desk.value("SELECT id FROM docket.calendar")))
            let day = try await desk.value("SELECT to_char(docket.now() AT TIME ZONE 'UTC' + interval '40 days', 'YYYY-MM-DD')")
            let date = try #require(CivilDate(day))
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
                var content = content
                content.definition.closures = [CalendarClosure(.dates(date, date))]
                return content
            }
            try await desk.reevaluate()
            _ = try await desk.fire()
            #expect(try await desk.database.sql(rows) == passed)
            let state = "SELECT state || ' ' || outcome FROM docket.sla_timer WHERE metric = 'first_response'"
            #expect(try await desk.value(state) == "breached_running breached")
            try await desk.advance(by: 3_600)
            #expect(try await desk.fire().breaches == 1)
            #expect(try await desk.database.sql(rows).count == passed.count + 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Holidays that are imported while other hours are scheduled move what is due, before these hours and after (decision 0026)")
    func scheduledHours() async throws {
        let policy = #"""
            {"name":"Hours","targets":[{"metric":"first_response","seconds":3600,"mode":"business"},{"metric":"resolution","seconds":259200,"mode":"business"}],
            "calendar_id":"$CALENDAR"}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let calendar = try #require(CalendarID(try await desk.value("SELECT id FROM docket.calendar")))
            let now = try await desk.api.clock.read()
            let midnight = Timestamp(microseconds: (now.microseconds / 86_400_000_000 + 1) * 86_400_000_000)
            // From the day after tomorrow on half of the day.
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
                let half = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [WallInterval(start: 0, end: 43_200)]) })
                let definition = CalendarDefinition(zone: content.definition.zone, weekly: half)
                return CalendarContent(name: content.name, definition: definition, effectiveFrom: midnight.adding(microseconds: 86_400_000_000))
            }
            let id = try await desk.create()
            #expect(try await desk.value("SELECT promise FROM (\(Self.promises)) p WHERE metric = 'resolution'") == "2 1")
            let due = "SELECT extract(epoch FROM due_at)::bigint FROM docket.sla_timer WHERE metric = 'resolution'"
            let before = try await desk.number(due)
            // Tomorrow is a holiday, and so is the first of the shorter days.
            let dates = (1...2).map { CivilDate(daysSince1970: Int(now.microseconds / 86_400_000_000) + $0).description }
            let list = HolidayDocument(year: nil, days: dates.map { HolidayDay(date: $0, type: "holiday") })
            let done = try await desk.directory.importHolidays(
                .document(list),
                into: calendar,
                from: "x",
                hours: .standard,
                isDryRun: false,
                in: desk.tenant.id
            )
            #expect(done.versions == 2 && done.record.version == 4)
            try await desk.reevaluate()
            // A whole day less, and half of one: three half days.
            #expect(try await desk.number(due) == before + 3 * 86_400)
            #expect(try await desk.value("SELECT promise FROM (\(Self.promises)) p WHERE metric = 'resolution'") == "4 1")
            try await desk.advance(by: 12 * 86_400)
            #expect(try await desk.fire().breaches == 2)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    /// By which version of the calendar each clock counts, and the how many-th promise that is.
    private static let promises = """
        SELECT t ->> 'metric' AS metric, (t #>> '{promise,measure,calendar,version}') || ' ' || (t ->> 'target_version') AS promise
        FROM docket.sla_ledger, json_array_elements((document::json) -> 'timers') t
        """

    @Test("Another calendar version measures the running timers anew; so does a queue that gets other hours")
    func calendars() async throws {
        let policy = #"{"name":"Hours","targets":[{"metric":"first_response","seconds":3600,"mode":"business"}],"calendar_id":"$CALENDAR"}"#
        try await SchedulerDesk.with(policy: policy) { desk in
            let id = try await desk.create()
            #expect(try await desk.timers(dueAfter: 3_600) == 1)
            let calendar = try #require(CalendarID(try await desk.value("SELECT id FROM docket.calendar")))
            // Closed for the next day.
            let day = try await desk.value("SELECT to_char(docket.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')")
            let date = try #require(CivilDate(day))
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
                var content = content
                content.definition.closures = [CalendarClosure(.dates(date, date))]
                return content
            }
            try await desk.reevaluate()
            #expect(try await desk.newestReevaluation().cause == .calendar)
            #expect(try await desk.newestReevaluation().changed == 1)
            #expect(try await desk.timers(dueAfter: 3_600) == 0)
            try await desk.expectHistoryRebuilds(id)
            let before = try await desk.number("SELECT count(*) FROM docket.sla_reevaluation")
            _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { content in
                var content = content
                content.calendarID = calendar
                return content
            }
            #expect(try await desk.newestReevaluation().cause == .queue)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation") == before + 1)
        }
    }
}
