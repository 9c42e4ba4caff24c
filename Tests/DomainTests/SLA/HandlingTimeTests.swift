import Domain
import Testing

/// Who had a ticket for how long (features.md A5.9).
@Suite struct HandlingTimeTests {
    private static let rules = TicketRules(lifecycle: .standard)
    private static let groups = (1...2).map { GroupID(high: 7, low: $0) }
    private static let agents = (1...3).map { AgentID(high: 8, low: $0) }

    private func handling(_ events: [TicketEvent], until now: Timestamp, calendar: BusinessCalendar?) throws -> (HandlingTime, [HandlingSpan]) {
        var fold = HandlingFold(lifecycle: .standard)
        var spans = events.compactMap { fold.apply($0) }
        if let open = fold.open(until: now) { spans.append(open) }
        var time = HandlingTime(calendar: calendar)
        for span in spans { try time.add(span) }
        return (time, spans)
    }

    @Test func stepsAndOwnersOfADay() throws {
        let start = try Fixtures.at("2024-03-04 16:00")
        let (first, second) = (Self.agents[0], Self.agents[1])
        var change = Self.rules.create(
            id: TicketID(high: 1, low: 1),
            number: 1,
            content: TicketContent(subject: "x", groupID: Self.groups[0]),
            by: .system,
            at: start
        )
        var events = change.events
        func then(_ hours: Int64, _ body: (Ticket, Timestamp) throws -> TicketChange) throws {
            change = try body(change.after, start.adding(microseconds: hours * hour))
            events += change.events
        }
        try then(1) { try Self.rules.assign($0, to: first, cause: .manual, isOverCapacity: false, by: .system, at: $1) }
        try then(17) { try Self.rules.transition($0, to: .inProgress, by: .agent(first), at: $1) }
        try then(18) { try Self.rules.assign($0, to: second, cause: .manual, isOverCapacity: false, by: .system, at: $1) }
        try then(20) { try Self.rules.transition($0, to: .resolved, by: .agent(second), at: $1) }
        try then(21) { try Self.rules.transition($0, to: .closed, by: .agent(second), at: $1) }
        try then(30) { try Self.rules.transition($0, to: .archived, by: .system, at: $1) }
        let (time, _) = try handling(events, until: start.adding(microseconds: 99 * hour), calendar: try Fixtures.berlin())
        #expect(time.steps.map(\.stage) == [.confirm, .process, .feedback])
        #expect(time.steps.map(\.amount.wall) == [17 * hour, 3 * hour, hour])
        #expect(time.steps.map(\.amount.business) == [hour, 3 * hour, hour])
        #expect(time.steps[0].owners.map(\.agent) == [nil, first])
        #expect(time.steps[0].owners.map(\.amount.business) == [hour, 0])
        #expect(time.steps[1].owners.map(\.amount.wall) == [hour, 2 * hour])
        #expect(time.total.wall == 21 * hour && time.total.business == 5 * hour)
    }

    /// The owners of a step add up to the step, the steps to the total, and the total is the time from the creation to the end.
    @Test(arguments: 0..<8)
    func theSumsAreExact(_ slice: Int) throws {
        let days = 19_700..<19_800
        for seed in stride(from: slice, to: 800, by: 8) {
            var random = SplitMix(seed: UInt64(seed))
            let definition = RandomCalendar(around: days, using: &random).definition
            let calendar = Int.random(in: 0..<5, using: &random) == 0 ? nil : try BusinessCalendar(definition, zones: ZoneFiles())
            let events = try Self.randomEvents(using: &random)
            let end = try #require(events.last).at.adding(microseconds: Int64.random(in: 1...50 * hour, using: &random))
            let (time, spans) = try handling(events, until: end, calendar: calendar)
            let comment: Comment = "seed \(seed)"
            for step in time.steps {
                #expect(step.owners.reduce(0) { $0 + $1.amount.wall } == step.amount.wall, comment)
                #expect(step.owners.reduce(0) { $0 + ($1.amount.business ?? 0) } == step.amount.business ?? 0, comment)
            }
            #expect(time.steps.reduce(0) { $0 + $1.amount.wall } == time.total.wall, comment)
            #expect(time.steps.reduce(0) { $0 + ($1.amount.business ?? 0) } == time.total.business ?? 0, comment)
            let closed = events.first { if case .stateChanged(let change) = $0.payload { change.to == .closed } else { false } }
            let (start, finish) = (try #require(events.first).at, closed?.at ?? end)
            #expect(time.total.wall == finish.microseconds(since: start), comment)
            #expect(try time.total.business == calendar?.elapsed(from: start, to: finish), comment)
            #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end == $1.start }, comment)
        }
    }

    private static func randomEvents(using random: inout SplitMix) throws -> [TicketEvent] {
        var time = Timestamp(microseconds: Int64.random(in: 19_710...19_750, using: &random) * 86_400_000_000)
        let content = TicketContent(subject: "x", groupID: groups.randomElement(using: &random))
        var change = rules.create(id: TicketID(high: 1, low: 1), number: 1, content: content, by: .system, at: time)
        var events = change.events
        for _ in 0..<Int.random(in: 0...25, using: &random) {
            time = time.adding(microseconds: Int64.random(in: 0...20 * hour, using: &random))
            let ticket = change.after
            let next: TicketChange?
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let agent = agents.randomElement(using: &random) ?? agents[0]
                next = try? rules.assign(ticket, to: agent, cause: .manual, isOverCapacity: false, by: .system, at: time)
            case 1:
                var changed = ticket.content
                changed.groupID = Bool.random(using: &random) ? groups.randomElement(using: &random) : nil
                next = try? rules.update(ticket, to: changed, reason: "x", by: .system, at: time)
            default:
                let state = Lifecycle.standard.successors(of: ticket.state).randomElement(using: &random)
                next = state.flatMap { try? rules.transition(ticket, to: $0, isWithoutAgent: true, by: .system, at: time) }
            }
            if let next {
                change = next
                events += next.events
            }
        }
        return events
    }

    @Test func moreSharesThanAreToldApartAreAddedUp() throws {
        var time = HandlingTime(calendar: nil)
        let start = try Fixtures.at("2024-03-04 16:00")
        let count = HandlingTime.maximumShares + 10
        for index in 0..<count {
            let agent = AgentID(high: 8, low: UInt64(index))
            let (from, to) = (start.adding(microseconds: Int64(index)), start.adding(microseconds: Int64(index) + 1))
            try time.add(HandlingSpan(start: from, end: to, state: .inProgress, stage: .process, group: nil, agent: agent))
        }
        #expect(time.steps[0].owners.count == HandlingTime.maximumShares && time.rest.wall == 10 && time.total.wall == Int64(count))
    }
}
