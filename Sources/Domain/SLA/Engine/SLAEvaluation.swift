/// The core of `docket sla eval`: one question in, every timer of one ticket out. Pure.
///
/// In (``Request``), one JSON object:
/// ```
/// {"calendar": {"tz": "Europe/Berlin", "weekly": {…}, …},          // CalendarDefinition
///  "policy": {"name": "Gold", "targets": [{"metric": "resolution", "priority": 2, "seconds": 28800, "mode": "business"}],
///             "warnings": [{"percent": 75}], "pauses": [{"metric": "resolution", "category": "pending"}], …},   // SLAPolicyDefinition
///  "priority": 2,                                                   // 1 to 4, optional
///  "events": [{"at": "2024-03-04T08:00:00Z", "type": "created", "by": "customer"},
///             {"at": "2024-03-04T09:00:00Z", "type": "state_entered", "category": "pending"}, …],              // SLASignal
///  "now": "2024-03-05T12:00:00Z"}
/// ```
/// `calendar` and `policy` hold from creation on; events and imports after `now` are refused. Out (``Reply``): every timer and every threshold that was passed. Who answers in
/// JSON writes them as the API does: contract.md knows one format of them.
public struct SLAEvaluation: Sendable {
    /// Most events of one ticket.
    public static let maximumEvents = 10_000

    public struct Request: Sendable, Codable {
        public let calendar: CalendarDefinition?
        public let policy: SLAPolicyDefinition
        public let priority: Priority?
        public let events: [SLASignal]
        public let now: Timestamp

        public init(calendar: CalendarDefinition?, policy: SLAPolicyDefinition, priority: Priority?, events: [SLASignal], now: Timestamp) {
            self.calendar = calendar
            self.policy = policy
            self.priority = priority
            self.events = events
            self.now = now
        }
    }

    public struct Reply: Hashable, Sendable {
        public let timers: [SLAExplanation]
        /// In the order in which they were due.
        public let events: [SLAFiring]
    }

    private let zones: any TimeZoneSource

    public init(zones: any TimeZoneSource) {
        self.zones = zones
    }

    /// Replays the events and tells every timer as of `now`.
    ///
    /// - Throws: ``SLAEvaluationError`` for a wrong definition or a wrong event.
    public func evaluate(_ request: Request) throws(SLAEvaluationError) -> Reply {
        try situation(of: request).reply
    }

    /// What a customer would be told about it.
    ///
    /// - Throws: as ``evaluate(_:)``.
    public func statement(_ request: Request) throws(SLAEvaluationError) -> SLAStatement {
        try situation(of: request).statement
    }

    /// The example with its calendar, for pictures.
    ///
    /// - Throws: as ``evaluate(_:)``.
    public func situation(of request: Request) throws(SLAEvaluationError) -> SLAEvaluationSituation {
        guard request.events.count <= SLAEvaluation.maximumEvents else { throw .tooManyEvents }
        guard request.events.allSatisfy({ $0.at <= request.now }) else { throw .eventAfterNow }
        // Calendars know these years, and nothing beyond them can be drawn or told.
        guard CalendarYears.range.contains(request.now) else { throw .outsideOfYears("now") }
        guard request.events.allSatisfy({ CalendarYears.range.contains($0.at) }) else { throw .outsideOfYears("events") }
        for event in request.events {
            guard case .created(_, let importedAt?) = event.kind else { continue }
            guard importedAt >= event.at else { throw .importedBeforeCreation }
            guard importedAt <= request.now else { throw .importedAfterNow }
        }
        let policy = SLAPolicyReference(id: SLAPolicyID(high: 0, low: 0), version: 1)
        let reference = CalendarReference(id: CalendarID(high: 0, low: 0), version: 1)
        var context = SLAContext()
        do {
            try request.policy.validate()
            context.policies[policy] = request.policy
        } catch {
            throw .policy(error)
        }
        let start = request.events.map(\.at).min() ?? request.now
        // Only what counts open time must have some.
        let isCounted = request.policy.targets.contains { $0.mode == .business }
        let calendar = try calendar(request.calendar, opensFrom: isCounted ? start : nil)
        context.calendars[reference] = calendar
        var signals = request.events
        signals.append(SLASignal(at: start, .policyChanged(policy, calendar: calendar == nil ? nil : reference)))
        if let priority = request.priority { signals.insert(SLASignal(at: start, .priorityChanged(priority)), at: 0) }
        do {
            let reply = try SLAEvaluation.reply(SLAEngine(context: context), signals, now: request.now)
            return SLAEvaluationSituation(request: request, reply: reply, calendar: calendar)
        } catch {
            throw .signals(error)
        }
    }

    /// It holds from the first event on: where a target counts by it, it must open within ten years from then (sla.md, Calendars).
    private func calendar(_ definition: CalendarDefinition?, opensFrom start: Timestamp?) throws(SLAEvaluationError) -> BusinessCalendar? {
        guard let definition else { return nil }
        do {
            let calendar = try BusinessCalendar(definition, zones: zones)
            if let start { try calendar.requireOpenTime(from: start) }
            return calendar
        } catch {
            throw .calendar(error)
        }
    }

    private static func reply(_ engine: SLAEngine, _ signals: [SLASignal], now: Timestamp) throws(SLAError) -> Reply {
        var (ledger, firings) = try engine.replay(signals)
        firings += ledger.fire(now: now)
        var timers: [SLAExplanation] = []
        for timer in ledger.promised {
            timers.append(try engine.explain(timer, now: now))
        }
        return Reply(timers: timers, events: firings)
    }
}
