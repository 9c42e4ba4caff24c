import Domain
import Testing

/// The bounds of the page that customers read. What it says is held word for word by docs/concepts/sla (SLAPicturesTests).
@Suite struct SLAStatementTests {
    private static let day: Int64 = 24 * hour

    /// A ticket over many days, with a pause on each, under a policy with names as long as they may be.
    private func longStatement(days: Int) throws -> SLAStatement {
        let name = String(repeating: "Gold 金 ", count: 500)
        var policy = SLAScene.resolution(hours: 8_000)
        policy.name = name
        let calendar = try BusinessCalendar(
            CalendarDefinition(
                zone: "Europe/Berlin",
                weekly: try Fixtures.hours("08:00-12:00", "13:00-18:00", on: Weekday.allCases),
                closures: (0..<days).map {
                    CalendarClosure(.dates(Self.date($0), Self.date($0)), part: try? Fixtures.interval("17:00-18:00"), name: String(name.prefix(100)))
                }
            ),
            zones: ZoneFiles()
        )
        let engine = SLAEngine(context: SLAContext(policies: [SLAScene.policy(1): policy], calendars: [SLAScene.calendar: calendar]))
        let start = try Fixtures.at("2024-01-01 08:00")
        var signals: [SLASignal] = [SLASignal(at: start, .created(by: .customer))]
        signals.append(SLASignal(at: start, .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar)))
        for index in 0..<Int64(days) {
            signals.append(SLASignal(at: start.adding(microseconds: index * Self.day + hour), .stateEntered(.pending)))
            signals.append(SLASignal(at: start.adding(microseconds: index * Self.day + 2 * hour), .stateEntered(.open)))
        }
        let now = start.adding(microseconds: Int64(days) * Self.day)
        let timer = try #require(try engine.replay(signals).ledger.promised.first)
        let explanation = try engine.explain(timer, now: now)
        let pauses = explanation.pauses.map { SLAStatement.Pause(span: $0, state: nil) }
        let item = SLAStatement.Item(explanation: explanation, policyName: name, description: name, calendarName: name, pauses: pauses)
        let items = Array(repeating: item, count: 20)
        return SLAStatement(ticket: 7, now: now, zone: calendar.zone, zoneName: calendar.zoneName, items: items)
    }

    private static func date(_ day: Int) -> CivilDate { CivilDate(daysSince1970: 19_723 + day) }

    @Test(arguments: SLALanguage.allCases)
    func aPageIsBounded(_ language: SLALanguage) throws {
        let short = try longStatement(days: 40).text(in: language)
        let long = try longStatement(days: 90).text(in: language)
        #expect(short.utf8.count < 40_000)
        // Twice the history makes no longer page, but for longer numbers.
        #expect(abs(long.utf8.count - short.utf8.count) < 400)
        #expect(long.split(separator: "\n").allSatisfy { $0.count < 3 * SLAStatement.maximumName })
        #expect(long.hasSuffix("\n") && !long.contains("\n\n\n"))
    }

    @Test func nothingPromisedIsSaid() throws {
        let now = try Fixtures.at("2024-03-04 09:00")
        let statement = SLAStatement(ticket: 7, now: now, zone: .utc, zoneName: "UTC", items: [])
        #expect(statement.text(in: .english).contains("Nothing is promised"))
        #expect(statement.text(in: .chinese).contains("没有服务承诺"))
    }

    @Test func onlyPromisesToCustomersAreShown() {
        let shown = SLAMetric.allCases.filter(SLAStatement.isForCustomers)
        #expect(shown == [.firstResponse, .nextResponse, .periodicUpdate, .requesterWait, .resolution])
    }
}
