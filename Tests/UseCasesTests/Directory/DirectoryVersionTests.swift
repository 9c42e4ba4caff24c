import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Old versions of calendars, policies and chains stay readable.
@Suite struct DirectoryVersionTests {
    private func hours(_ start: Int, _ end: Int) -> CalendarDefinition {
        CalendarDefinition(zone: "UTC", weekly: [.monday: [WallInterval(start: start * 3_600, end: end * 3_600)]])
    }

    @Test("Each edit of a calendar is a version that holds from its time on")
    func calendars() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let first = try await commands.createCalendar(CalendarContent(name: "Office", definition: hours(9, 17)), in: id).done()
            let now = try await desk.environment.clock.read()
            let tomorrow = now.adding(microseconds: 86_400_000_000)
            let second = try await commands.updateCalendar(first.id, in: id) { _ in
                CalendarContent(name: "Office", definition: hours(8, 16), effectiveFrom: tomorrow)
            }.done()
            #expect(second.content.effectiveFrom == tomorrow)
            let versions = try await desk.queries.versions(of: first.id, as: CalendarContent.self, in: id, limit: 10)
            #expect(versions.map(\.number) == [1, 2])
            #expect(versions.map(\.definition) == [hours(9, 17), hours(8, 16)])
            #expect(versions[1].since == tomorrow)
            #expect(try await desk.queries.load(first.id, as: CalendarContent.self, in: id) == second)

            let third = try await commands.updateCalendar(first.id, in: id) {
                CalendarContent(name: $0.name, definition: hours(7, 15), effectiveFrom: $0.effectiveFrom)
            }.done()
            #expect(third.content.effectiveFrom == tomorrow, "an edit that names no new time holds from when the version before begins")
            let configuration = try await ConfigurationCache(database: desk.environment.database, zones: OnlyUTC()).configuration(of: id)
            #expect(configuration.promises.compiled[first.id]?.version == 3)
        }
    }

    @Test("What is scheduled stays so: an edit of today's hours holds until then (decision 0026)")
    func scheduled() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let calendar = try await commands.createCalendar(CalendarContent(name: "Office", definition: hours(9, 17)), in: id).done().id
            let now = try await desk.environment.clock.read()
            @Sendable func day(_ number: Int64) -> Timestamp { now.adding(microseconds: number * 86_400_000_000) }
            @discardableResult
            @Sendable func put(_ definition: CalendarDefinition, from: Timestamp?) async throws -> CalendarRecord {
                try await commands.updateCalendar(calendar, in: id) { _ in
                    CalendarContent(name: "Office", definition: definition, effectiveFrom: from)
                }.done()
            }
            func schedule() async throws -> [CalendarDefinition] { try await desk.queries.schedule(of: calendar, in: id).map(\.definition) }
            try await put(hours(8, 16), from: day(10))
            try await put(hours(7, 15), from: day(20))
            #expect(try await schedule() == [hours(9, 17), hours(8, 16), hours(7, 15)])
            // Now: both that are scheduled stay, and the calendar is still the one that begins last.
            let record = try await put(hours(10, 18), from: nil)
            #expect(try await schedule() == [hours(10, 18), hours(8, 16), hours(7, 15)])
            #expect(record.version == 6 && record.content.definition == hours(7, 15) && record.content.effectiveFrom == day(20))
            #expect(try await desk.queries.load(calendar, as: CalendarContent.self, in: id) == record)
            // Before the second, and in place of the first.
            try await put(hours(6, 14), from: day(15))
            #expect(try await schedule() == [hours(10, 18), hours(8, 16), hours(6, 14), hours(7, 15)])
            try await put(hours(5, 13), from: day(10))
            #expect(try await schedule() == [hours(10, 18), hours(5, 13), hours(6, 14), hours(7, 15)])
            // What was published stays readable, and what counts is what is shown.
            let versions = try await desk.queries.versions(of: calendar, as: CalendarContent.self, in: id, limit: 20)
            #expect(versions.map(\.number) == Array(1...11))
            let configuration = try await ConfigurationCache(database: desk.environment.database, zones: OnlyUTC()).configuration(of: id)
            let compiled = try #require(configuration.promises.compiled[calendar])
            #expect(compiled.version == 11)
            // The day may be an open one, and the test run within its hours.
            let opening = try compiled.nextOpen(compiled.nextClose(day(21)))
            #expect(try compiled.elapsed(from: opening, to: compiled.nextClose(opening)) == 8 * 3_600_000_000)
            #expect(opening.microseconds % 86_400_000_000 == 7 * 3_600_000_000)
            // Twenty may wait at a time.
            for number in 0..<17 { try await put(hours(1, 2 + number), from: day(30 + Int64(number))) }
            let refused = try await refusal { _ = try await put(hours(3, 4), from: day(25)) }
            #expect(refused?.pointers == ["/effective_from"] && refused?.codes == [.limitReached])
            try await put(hours(11, 19), from: nil)
            #expect(try await schedule().count == 21)
        }
    }

    @Test("A calendar that cannot be used is refused before any tenant's clock meets it")
    func refusedCalendars() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let past = Timestamp(microseconds: 0)
            let day = CivilDate(daysSince1970: 16_000)
            let once = CalendarDefinition(zone: "UTC", openings: [day: hours(9, 17).weekly[.monday] ?? []])
            func closed(_ definition: CalendarDefinition) -> CalendarDefinition {
                var definition = definition
                definition.closures = [CalendarClosure(.dates(CivilDate(daysSince1970: 0), CivilDate(daysSince1970: 40_000)))]
                return definition
            }
            let cases: [(String, CalendarContent)] = [
                ("/tz", CalendarContent(name: "C", definition: CalendarDefinition(zone: "Mars/Base", alwaysOpen: true))),
                ("/weekly", CalendarContent(name: "C", definition: CalendarDefinition(zone: "UTC"))),
                ("/weekly", CalendarContent(name: "C", definition: closed(hours(9, 17)))),
                ("/closures", CalendarContent(name: "C", definition: closed(CalendarDefinition(zone: "UTC", alwaysOpen: true)))),
                ("/openings", CalendarContent(name: "C", definition: once)),
                ("/weekly/mon/0", CalendarContent(name: "C", definition: hours(17, 9))),
                ("/effective_from", CalendarContent(name: "C", definition: hours(9, 17), effectiveFrom: past)),
            ]
            for (pointer, content) in cases {
                let refused = try await refusal { _ = try await commands.createCalendar(content, in: id) }
                #expect(refused?.pointers == [pointer])
            }
            let calendar = try await commands.createCalendar(CalendarContent(name: "C", definition: hours(9, 17)), in: id).done()
            let edited = CalendarContent(name: "C", definition: hours(8, 16), effectiveFrom: past)
            let backdated = try await refusal { _ = try await commands.updateCalendar(calendar.id, in: id) { _ in edited } }
            #expect(backdated?.pointers == ["/effective_from"])
            #expect(try await desk.number("SELECT count(*) FROM docket.calendar_version") == 1)
        }
    }

    @Test("Policies and chains keep every version, each with the version's own number")
    func promises() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let level = EscalationLevel(targets: [.supervisor], timeout: 60)
            let chain = try await commands.createEscalationChain(EscalationChainContent(name: "C", levels: [level]), in: id).done()
            _ = try await commands.updateEscalationChain(chain.id, in: id) {
                var content = $0
                content.repeats = 3
                return content
            }
            let chains = try await desk.queries.versions(of: chain.id, as: EscalationChainContent.self, in: id, limit: 10)
            #expect(chains.map(\.definition.version) == [1, 2])
            #expect(chains.map(\.definition.repeats) == [0, 3])

            var definition = SLAPolicyDefinition(name: "P", targets: [SLATarget(metric: .resolution, seconds: 60)])
            definition.chain = chain.id
            let policy = try await commands.createSLAPolicy(SLAPolicyContent(position: 1, definition: definition), in: id).done()
            _ = try await commands.updateSLAPolicy(policy.id, in: id) {
                var content = $0
                content.isActive = false
                return content
            }
            let policies = try await desk.queries.versions(of: policy.id, as: SLAPolicyContent.self, in: id, limit: 10)
            #expect(policies.map(\.number) == [1, 2])
            #expect(try await desk.queries.versions(of: policy.id, as: SLAPolicyContent.self, in: id, after: 1, limit: 10).map(\.number) == [2])
            let configuration = try await ConfigurationCache(database: desk.environment.database, zones: OnlyUTC()).configuration(of: id)
            #expect(!configuration.promises.hasPolicies, "an inactive policy takes no new tickets")
        }
    }
}
