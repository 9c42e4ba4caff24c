import Testing

@testable import Domain

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

    @Test("Of more than can be listed the page tells no last ones and no exact number", arguments: SLALanguage.allCases)
    func beyondWhatIsListed(_ language: SLALanguage) throws {
        let page = try longStatement(days: 600).text(in: language)
        let (windows, days) =
            switch language {
            case .english: ("… and at least 989 more after them", "… and at least 88 more")
            case .chinese: ("……此后至少另有 989 段", "……至少另有 88 项")
            }
        #expect(page.contains(windows) && page.contains(days))
        #expect(!page.contains("more between them") && !page.contains("中间另有"))
    }

    @Test(
        "A share of a target is exact, however much was used",
        arguments: [(29, 100, 29), (99, 100, 99), (3, 2, 150), (.max, 1_000_000, 922_337_203_685_477), (1, 0, 0)] as [(Int64, Int64, Int64)]
    )
    func shares(_ row: (used: Int64, target: Int64, percent: Int64)) {
        #expect(SLAStatementSection.percent(row.used, of: row.target) == row.percent)
        #expect(SLAStatementSection.percent(row.used, of: 1) >= row.percent)
    }

    @Test("A withdrawn clock is told up to its end, with nothing left and nothing too long; a policy that comes back finds all of it counted")
    func withdrawn() throws {
        for isPaused in [false, true] {
            var scene = try SLAScene(SLAScene.resolution(hours: 4))
            try scene.create("2024-03-04 09:00")
            try scene.at("2024-03-04 11:00", .policyChanged(nil, calendar: nil, keepsRules: true))
            if isPaused { try scene.at("2024-03-04 12:00", .stateEntered(.pending)) }
            let now = try Fixtures.at("2024-03-05 17:00")
            let explanation = try scene.engine.explain(scene.timer(.resolution), now: now)
            #expect(explanation.state == .cancelled && explanation.consumed == 2 * hour)
            #expect(try explanation.endedAt == Fixtures.at("2024-03-04 11:00") && explanation.pauses.isEmpty)
            #expect(try explanation.windows == [SLAExplanation.Span(start: Fixtures.at("2024-03-04 09:00"), end: Fixtures.at("2024-03-04 11:00"))])
            let item = SLAStatement.Item(explanation: explanation, policyName: "P", description: "", calendarName: nil, pauses: [])
            let page = SLAStatement(ticket: 7, now: now, zone: .utc, zoneName: "UTC", items: [item]).text(in: .english)
            #expect(page.contains("Used: 2 h of 4 h (50 %)\n") && page.contains("no longer counted: no agreement applies"))
            #expect(try scene.timer(.resolution).countedAt == Fixtures.at("2024-03-04 11:00"))
            try scene.at("2024-03-05 17:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
            #expect(try scene.consumed(.resolution, at: "2024-03-05 17:00") == (isPaused ? 3 : 16) * hour)
            #expect(try scene.timer(.resolution).lapsedAt == nil)
        }
    }

    @Test("A clock that lapsed before that time was recorded is what its history gives")
    func lapsedBefore() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 4))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 11:00", .policyChanged(nil, calendar: nil, keepsRules: true))
        var stored = scene.ledger
        for index in stored.timers.indices { stored.timers[index].lapsedAt = nil }
        #expect(stored != scene.ledger)
        #expect(try stored.agrees(with: scene.ledger, history: [], at: Fixtures.at("2024-03-05 09:00")))
        let now = try Fixtures.at("2024-03-05 17:00")
        let timer = try #require(stored.promised.first)
        let item = SLAStatement.Item(
            explanation: try scene.engine.explain(timer, now: now),
            policyName: "P",
            description: "",
            calendarName: nil,
            pauses: []
        )
        let page = SLAStatement(ticket: 7, now: now, zone: .utc, zoneName: "UTC", items: [item]).text(in: .english)
        #expect(!page.contains(" left") && !page.contains("too long"))
    }

    @Test("A missed clock says that it was missed, also where it stands still or is no longer counted")
    func missedAndPaused() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 1))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        func page(_ time: String) throws -> (explanation: SLAExplanation, english: String, chinese: String) {
            let now = try Fixtures.at(time)
            let explanation = try scene.engine.explain(scene.timer(.resolution), now: now)
            let item = SLAStatement.Item(explanation: explanation, policyName: "P", description: "", calendarName: nil, pauses: [])
            let statement = SLAStatement(ticket: 7, now: now, zone: .utc, zoneName: "UTC", items: [item])
            return (explanation, statement.text(in: .english), statement.text(in: .chinese))
        }
        let paused = try page("2024-03-04 12:00")
        #expect(paused.explanation.state == .paused && paused.explanation.breachAt == nil)
        #expect(paused.explanation.outcome == .breached)
        #expect(try paused.explanation.missedAt == Fixtures.at("2024-03-04 10:00"))
        #expect(paused.english.contains("Status: missed; the clock stands still"))
        #expect(paused.chinese.contains("状态：已超时；暂停计时"))
        // Its deadline lies behind, whenever it runs on.
        #expect(paused.explanation.ifResumedNow == nil)
        #expect(!paused.english.contains("If the clock ran on") && !paused.chinese.contains("如果现在恢复计时"))
        try scene.at("2024-03-04 13:00", .merged)
        let merged = try page("2024-03-04 14:00")
        #expect(merged.explanation.state == .cancelled && merged.explanation.outcome == .breached)
        #expect(merged.english.contains("Status: missed; no longer counted: the ticket was merged"))
        #expect(merged.chinese.contains("状态：已超时；不再计时"))
    }

    @Test("A paused clock tells that the deadline it would have lies in a year without published holidays")
    func unpublishedIfResumed() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        for (time, isUnpublished) in [("2024-03-05 09:00", false), ("2034-03-06 09:00", true)] {
            let explanation = try scene.engine.explain(scene.timer(.resolution), now: Fixtures.at(time))
            #expect(explanation.dueAt == nil && explanation.ifResumedNow != nil)
            #expect(explanation.isUnpublishedYear == isUnpublished)
        }
    }

    @Test(
        "Only a deadline that may still move is told to lie in a year without published holidays",
        arguments: [nil, "2034-03-06 11:00", "2034-03-08 11:00"]
    )
    func unpublishedWhileOpen(solved: String?) throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2034-03-06 09:00")
        if let solved { try scene.at(solved, .stateEntered(.solved)) }
        for (time, isLate) in [("2034-03-06 12:00", false), ("2034-03-09 12:00", true)] {
            let now = try Fixtures.at(time)
            if isLate { try scene.fire(time) }
            guard try solved.map({ try Fixtures.at($0) <= now }) ?? true else { continue }
            let explanation = try scene.engine.explain(scene.timer(.resolution), now: now)
            let item = SLAStatement.Item(explanation: explanation, policyName: "P", description: "", calendarName: nil, pauses: [])
            let page = SLAStatement(ticket: 7, now: now, zone: .utc, zoneName: "UTC", items: [item])
            let mayMove = solved == nil && !isLate
            #expect(explanation.isUnpublishedYear == mayMove && explanation.dueAt != nil)
            #expect(page.text(in: .english).contains("not published") == mayMove)
            #expect(page.text(in: .chinese).contains("尚未公布") == mayMove)
        }
    }

    @Test(
        "It says whose opening hours count, where a clock counts opening hours",
        arguments: [
            (.policy, "Opening hours: those of the agreement", "工作时间：以服务协议规定的工作时间为准"),
            (.organization, "Opening hours: those of your organization", "工作时间：以贵单位的工作时间为准"),
            (.queue, "Opening hours: those of the team that your ticket is with", "工作时间：以受理团队的工作时间为准"),
            (.tenant, "Opening hours: our general ones", "工作时间：以我方的通用工作时间为准"),
        ] as [(SLACalendarChoice.Source, String, String)]
    )
    func whoseHours(_ source: SLACalendarChoice.Source, english: String, chinese: String) throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        let now = try Fixtures.at("2024-03-04 11:00")
        func lines(_ calendar: CalendarReference, _ language: SLALanguage) throws -> [Substring] {
            let chosen = SLAChosenCalendar(calendar: calendar, source: source)
            let explanation = try scene.engine.explain(scene.timer(.resolution), chosen: chosen, now: now)
            let item = SLAStatement.Item(explanation: explanation, policyName: "P", description: "", calendarName: "Berlin", pauses: [])
            return SLAStatement(ticket: 7, now: now, zone: .utc, zoneName: "UTC", items: [item]).text(in: language).split(separator: "\n")
        }
        #expect(try lines(SLAScene.calendar, .english).contains(Substring(english)))
        #expect(try lines(SLAScene.calendar, .chinese).contains(Substring(chinese)))
        // Of a calendar that the ticket no longer has nobody knows whose it was.
        let other = CalendarReference(id: SLAScene.calendar.id, version: 9)
        #expect(try !lines(other, .english).contains { $0.hasPrefix("Opening hours") })
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
