import Testing

@testable import Domain

/// When a notice that waited for the end of quiet hours says nothing true any more.
@Suite struct NoticeLapseTests {
    private static let start = Timestamp(microseconds: 1_709_546_400_000_000)
    private static let reader = AgentID(high: 1, low: 5)
    private static let morning = start.adding(microseconds: 8 * 3_600_000_000)

    private func ticket(_ state: TicketState = .inProgress) -> Ticket {
        let created = TicketEvent.Created(number: 1, content: TicketContent(subject: "x"), state: state)
        let id = TicketID(high: 1, low: 1)
        let event = TicketEvent(ticketID: id, sequence: 1, version: 1, at: Self.start, actor: .system, payload: .created(created))
        return Ticket(created: created, event: event)
    }

    private func record(
        _ trigger: String = "resolution:1",
        condition: EscalationLevel.Condition = .notAcknowledged,
        ttl: Int64? = nil,
        change: (inout EscalationRun) -> Void = { _ in }
    ) throws -> EscalationRunRecord {
        let level = EscalationLevel(targets: [.supervisor], timeout: 3_600, condition: condition)
        let chain = EscalationChain(version: 1, levels: [level], repeats: 0, acknowledgementTTL: ttl)
        var run = try EscalationRun(chain: chain, trigger: .breach, at: Self.start)
        change(&run)
        return EscalationRunRecord(
            id: EscalationRunID(high: 1, low: 2),
            ticket: TicketID(high: 1, low: 1),
            chain: EscalationChainID(high: 1, low: 3),
            trigger: trigger,
            run: run
        )
    }

    private func timer(isBreached: Bool = true, change: (inout SLATimer) -> Void = { _ in }) -> SLATimer {
        var timer = SLATimer(metric: .resolution, instance: 1, startedAt: Self.start, suppressedUntil: nil)
        timer.promise = SLAPromise(
            policy: SLAPolicyReference(id: SLAPolicyID(high: 1, low: 4), version: 1),
            measure: SLAMeasure(mode: .calendar, calendar: nil),
            target: 3_600_000_000,
            warnings: [],
            since: Self.start
        )
        timer.isBreached = isBreached
        change(&timer)
        return timer
    }

    private func lapse(
        _ record: EscalationRunRecord,
        _ timer: SLATimer?,
        in state: TicketState = .inProgress,
        of assignee: AgentID? = nil,
        isUnsolved: Bool = true,
        mayLackTimer: Bool = false
    ) -> NoticeLapse? {
        var ticket = ticket(state)
        ticket.assigneeID = assignee
        return record.lapse(
            ofLevel: 0,
            to: Self.reader,
            ticket: ticket,
            isUnsolved: isUnsolved,
            timer: timer,
            mayLackTimer: mayLackTimer,
            at: Self.morning
        )
    }

    @Test("The ticket's end drops all; a miss is told of as long as it is open, whatever became of the clock")
    func misses() throws {
        #expect(try lapse(record(), timer()) == nil)
        #expect(try lapse(record(), timer(), in: .resolved, isUnsolved: false) == .solved)
        let late = timer { $0.endedAt = Self.morning }
        #expect(try lapse(record { $0.end(.stopped, at: Self.morning) }, late) == nil)
        #expect(try lapse(record { $0.end(.solved, at: Self.morning) }, timer()) == nil)
        #expect(try lapse(record { $0.end(.cancelled, at: Self.morning) }, timer { $0.endedBy = .condition }) == nil)
    }

    @Test("A limit of the stage behind the solution is told of while it runs")
    func stages() throws {
        var stage = SLATimer(metric: .stage, instance: 1, startedAt: Self.start, suppressedUntil: nil)
        stage.promise = timer().promise
        stage.isBreached = true
        #expect(try lapse(record("stage:1"), stage, in: .resolved, isUnsolved: false) == nil)
        stage.endedAt = Self.morning
        #expect(try lapse(record("stage:1"), stage, in: .resolved, isUnsolved: false) == .solved)
    }

    @Test("A miss whose clock the ledger has left out is told of; a target that is there no more is not")
    func shortened() throws {
        #expect(try lapse(record(), nil, mayLackTimer: true) == nil)
        #expect(try lapse(record(), nil, mayLackTimer: false) == .withdrawn)
    }

    @Test("A warning is true while its target is in danger")
    func warnings() throws {
        #expect(try lapse(record(), timer(isBreached: false)) == nil)
        #expect(try lapse(record { $0.end(.stopped, at: Self.morning) }, timer(isBreached: false)) == .kept)
        #expect(try lapse(record { $0.end(.solved, at: Self.morning) }, timer(isBreached: false)) == .solved)
        #expect(try lapse(record { $0.end(.stopped, at: Self.morning) }, timer(isBreached: false) { $0.endedAt = Self.morning }) == .kept)
        #expect(try lapse(record { $0.end(.cancelled, at: Self.morning) }, timer(isBreached: false) { $0.endedBy = .condition }) == .withdrawn)
        #expect(try lapse(record(), nil) == .withdrawn)
    }

    @Test("An acknowledgement that holds drops what is for the unacknowledged, also where the run has ended since")
    func acknowledgements() throws {
        let night = Self.start.adding(microseconds: 1_000_000)
        #expect(try lapse(record { $0.acknowledge(at: night) }, timer()) == .acknowledged)
        #expect(try lapse(record(condition: .notResolved) { $0.acknowledge(at: night) }, timer()) == nil)
        #expect(try lapse(record(ttl: 3_600) { $0.acknowledge(at: night) }, timer()) == nil)
        #expect(try lapse(record(ttl: 86_400) { $0.acknowledge(at: night) }, timer()) == .acknowledged)
        let ended = try record(ttl: 3_600) {
            $0.acknowledge(at: night)
            $0.end(.stopped, at: night)
        }
        #expect(lapse(ended, timer()) == .acknowledged)
        // It waits with its run: nothing of its hour has passed.
        let held = try record(ttl: 3_600) {
            $0.acknowledge(at: night)
            $0.hold(at: night, calendar: nil)
        }
        #expect(lapse(held, timer()) == .acknowledged)
    }

    @Test("That nobody has the ticket is true while it waits; a call for help until the ticket is solved")
    func waitsAndCalls() throws {
        #expect(try lapse(record("unassigned"), nil, in: .waitingAssignment) == nil)
        #expect(try lapse(record("unassigned") { $0.end(.stopped, at: Self.morning) }, nil) == .taken)
        // The level gave it to him, or to somebody else.
        #expect(try lapse(record("unassigned"), nil, in: .assigned, of: Self.reader) == nil)
        #expect(try lapse(record("unassigned"), nil, in: .assigned, of: AgentID(high: 1, low: 6)) == .taken)
        #expect(try lapse(record("complaint"), nil) == nil)
        #expect(try lapse(record("complaint") { $0.end(.solved, at: Self.morning) }, nil) == .solved)
    }
}
