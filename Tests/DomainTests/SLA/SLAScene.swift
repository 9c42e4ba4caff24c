import Domain
import Testing

/// A ticket under one policy on the calendar B of sla.md, told in Berlin's wall time.
struct SLAScene {
    static let policyID = SLAPolicyID(high: 1, low: 1)
    static let calendar = CalendarReference(id: CalendarID(high: 2, low: 1), version: 1)

    var engine: SLAEngine
    var ledger = SLALedger()
    private(set) var firings: [SLAFiring] = []
    private var history: [SLASignal] = []

    init(_ policies: SLAPolicyDefinition...) throws {
        var context = SLAContext(calendars: [SLAScene.calendar: try Fixtures.berlin()])
        for (index, policy) in policies.enumerated() {
            try policy.validate()
            context.policies[SLAScene.policy(index + 1)] = policy
        }
        engine = SLAEngine(context: context)
    }

    static func policy(_ version: Int) -> SLAPolicyReference { SLAPolicyReference(id: policyID, version: version) }

    static func target(_ metric: SLAMetric, hours: Int64, priority: Priority? = nil, mode: SLATarget.Mode = .business) -> SLATarget {
        SLATarget(metric: metric, priority: priority, seconds: hours * 3_600, mode: mode)
    }

    /// Resolution, paused while the ticket waits for the customer.
    static func resolution(hours: Int64) -> SLAPolicyDefinition {
        var definition = SLAPolicyDefinition(name: "P", targets: [target(.resolution, hours: hours)])
        definition.pauses = [SLAPause(.resolution, category: .pending)]
        return definition
    }

    /// Everything that happens in one change of the ticket.
    mutating func at(_ time: String, _ kinds: SLASignal.Kind...) throws {
        let instant = try Fixtures.at(time)
        let signals = kinds.map { SLASignal(at: instant, $0) }
        var past = try engine.past(of: history)
        history += signals
        firings += try engine.apply(signals, to: &ledger, past: &past)
        let replayed = try engine.replay(history)
        #expect(replayed.ledger.shortened().timers.map(\.withoutFirings) == ledger.shortened().timers.map(\.withoutFirings))
    }

    mutating func create(_ time: String, by author: SLASignal.Author = .customer, _ more: SLASignal.Kind...) throws {
        let instant = try Fixtures.at(time)
        let kinds: [SLASignal.Kind] = [.created(by: author), .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar)] + more
        let signals = kinds.map { SLASignal(at: instant, $0) }
        history += signals
        firings += try engine.apply(signals, to: &ledger)
    }

    /// Everything that has happened.
    var signals: [SLASignal] { history }

    @discardableResult
    mutating func fire(_ time: String) throws -> [SLAFiring] {
        let new = ledger.fire(now: try Fixtures.at(time))
        firings += new
        return new
    }

    func timer(_ metric: SLAMetric, _ instance: Int = 1) throws -> SLATimer {
        try #require(ledger.promised.first { $0.metric == metric && $0.instance == instance })
    }

    func latest(_ metric: SLAMetric) throws -> SLATimer {
        try #require(ledger.promised.last { $0.metric == metric })
    }

    func consumed(_ metric: SLAMetric, at time: String) throws -> Int64 {
        try engine.consumed(latest(metric), at: Fixtures.at(time))
    }
}

extension SLATimer {
    /// What must not depend on when the scheduler came by: the spans, the promise and the deadline.
    fileprivate var withoutFirings: [String] {
        [
            "\(metric) \(instance) \(startedAt)", "\(segments)", "\(String(describing: runningSince))", "\(String(describing: promise))",
            "\(String(describing: dueAt))",
        ]
    }
}
