import Testing

@testable import Domain

/// Tickets that move on by themselves (features.md A4.1, A4.16).
@Suite struct TicketAgingRuleTests {
    private static let rules = TicketRules(lifecycle: .standard)
    private static let start = Timestamp(microseconds: 1_800_000_000_000_000)
    fileprivate static let both = LifecycleSettings(closeResolvedAfterDays: 7, archiveClosedAfterDays: 120)

    private static func at(_ days: Int64, _ microseconds: Int64 = 0) -> Timestamp {
        start.adding(microseconds: days * 86_400_000_000 + microseconds)
    }

    /// A ticket that went through some states, each a day after the one before; the first on day 1.
    private static func history(_ states: [TicketState]) throws -> (ticket: Ticket, events: [TicketEvent]) {
        let content = TicketContent(subject: "x", queueID: QueueID(high: 1, low: 1))
        let created = rules.create(id: TicketID(high: 3, low: 1), number: 1, content: content, by: .system, at: start)
        var (ticket, events) = (created.after, created.events)
        for (index, state) in states.enumerated() {
            let change = try rules.transition(ticket, to: state, isWithoutAgent: true, by: .system, at: at(Int64(index) + 1))
            ticket = change.after
            events += change.events
        }
        return (ticket, events)
    }

    struct Row: Sendable {
        let states: [TicketState]
        let settings: LifecycleSettings
        let at: Timestamp
        let target: TicketState?

        init(_ states: [TicketState], _ settings: LifecycleSettings = TicketAgingRuleTests.both, at: Timestamp, to target: TicketState?) {
            self.states = states
            self.settings = settings
            self.at = at
            self.target = target
        }
    }

    private static let rows = [
        Row([.resolved], at: at(8, -1), to: nil),
        Row([.resolved], at: at(8), to: .closed),
        Row([.resolved], at: at(900), to: .closed),
        Row([.resolved], LifecycleSettings(closeResolvedAfterDays: nil, archiveClosedAfterDays: 1), at: at(900), to: nil),
        Row([.resolved], LifecycleSettings(closeResolvedAfterDays: 1, archiveClosedAfterDays: nil), at: at(2), to: .closed),
        Row([.resolved], .manual, at: at(900), to: nil),
        // Counted from the second solution.
        Row([.resolved, .inProgress, .resolved], at: at(10, -1), to: nil),
        Row([.resolved, .inProgress, .resolved], at: at(10), to: .closed),
        // Opened again while it was looked for.
        Row([.resolved, .inProgress], at: at(900), to: nil),
        Row([.waitingCustomer], at: at(900), to: nil),
        Row([.onHold], at: at(900), to: nil),
        Row([], at: at(900), to: nil),
        Row([.resolved, .closed], at: at(122, -1), to: nil),
        Row([.resolved, .closed], at: at(122), to: .archived),
        Row([.resolved, .closed], LifecycleSettings(closeResolvedAfterDays: 1, archiveClosedAfterDays: nil), at: at(900), to: nil),
        Row([.resolved, .closed, .archived], at: at(900), to: nil),
    ]

    @Test("Days of 24 hours since it was resolved, then since it was closed; nothing else moves a ticket", arguments: rows)
    func table(_ row: Row) throws {
        let (ticket, events) = try Self.history(row.states)
        let change = Self.rules.age(ticket, by: row.settings, actor: .system, at: row.at)
        guard let target = row.target else {
            #expect(change.events.isEmpty && change.after == ticket)
            return
        }
        let event = try #require(change.events.first)
        let cause: TicketEvent.StateChanged.Cause = target == .closed ? .autoClose : .autoArchive
        #expect(change.events.count == 1 && event.payload == .stateChanged(TicketEvent.StateChanged(from: ticket.state, to: target, cause: cause)))
        #expect(event.actor == .system && event.version == ticket.version + 1 && event.at == row.at)
        #expect(Ticket.replay(events + change.events) == change.after)
        // Once is enough.
        #expect(Self.rules.age(change.after, by: row.settings, actor: .system, at: row.at).events.isEmpty)
    }

    private static let warning = LifecycleSettings(closeResolvedAfterDays: 7, archiveClosedAfterDays: nil, warnBeforeClosingDays: 2)

    private static let warnings: [(states: [TicketState], settings: LifecycleSettings, at: Timestamp, closesAt: Timestamp?)] = [
        ([.resolved], warning, at(6, -1), nil),
        ([.resolved], warning, at(6), at(8)),
        ([.resolved], warning, at(8, -1), at(8)),
        // It is closed now.
        ([.resolved], warning, at(8), nil),
        ([.resolved], both, at(7), nil),
        ([.resolved], LifecycleSettings(closeResolvedAfterDays: nil, archiveClosedAfterDays: 1, warnBeforeClosingDays: 2), at(7), nil),
        // Counted from the second solution.
        ([.resolved, .inProgress, .resolved], warning, at(8, -1), nil),
        ([.resolved, .inProgress, .resolved], warning, at(8), at(10)),
        ([.resolved, .inProgress], warning, at(7), nil),
        ([.resolved, .closed], LifecycleSettings(closeResolvedAfterDays: 90, archiveClosedAfterDays: 9, warnBeforeClosingDays: 89), at(7), nil),
        ([], warning, at(7), nil),
    ]

    @Test("Some days before it is closed that is told, once for each time that it was resolved", arguments: warnings)
    func warns(_ row: (states: [TicketState], settings: LifecycleSettings, at: Timestamp, closesAt: Timestamp?)) throws {
        let (ticket, events) = try Self.history(row.states)
        let change = Self.rules.warnOfClosing(ticket, by: row.settings, actor: .system, at: row.at)
        guard let closesAt = row.closesAt else {
            #expect(change.isEmpty && change.after == ticket)
            return
        }
        #expect(change.events.map(\.payload) == [.closingSoon(TicketEvent.ClosingSoon(closesAt: closesAt))])
        #expect(change.after.closingToldAt == row.at && change.after.state == .resolved && change.after.resolvedAt == ticket.resolvedAt)
        #expect(Ticket.replay(events + change.events) == change.after)
        #expect(Self.rules.warnOfClosing(change.after, by: row.settings, actor: .system, at: row.at).isEmpty)
        // What was told is over with the state; it is closed as if nothing had been told.
        let reopened = try Self.rules.transition(change.after, to: .inProgress, isWithoutAgent: true, by: .system, at: row.at).after
        #expect(reopened.closingToldAt == nil)
        #expect(Self.rules.age(change.after, by: row.settings, actor: .system, at: closesAt).after.state == .closed)
    }
}
