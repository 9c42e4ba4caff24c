@testable import Domain

/// Ledgers of every shape, possible or not: the documents must carry whatever the types can hold.
struct RandomLedger<Generator: RandomNumberGenerator> {
    var random: Generator

    mutating func ledger() -> SLALedger {
        var ledger = SLALedger()
        ledger.facts = facts()
        ledger.timers = list(upTo: 6) { $0.timer() }
        return ledger
    }

    private mutating func facts() -> SLAFacts {
        var facts = SLAFacts()
        facts.createdAt = maybe { $0.time() }
        facts.lastSignalAt = maybe { $0.time() }
        facts.suppressedUntil = maybe { $0.time() }
        facts.category = one(of: StateCategory.allCases, else: .new)
        facts.state = maybe { $0.one(of: ["open", "waiting \"here\" \\", "wartet\n\u{1}", "待機 👩‍👧", ""], else: "") }
        facts.stage = maybe { $0.one(of: SLAStage.allCases, else: .confirm) }
        facts.priority = maybe { $0.one(of: Priority.allCases, else: .p1) }
        facts.group = maybe { $0.id() }
        facts.policy = maybe { $0.policy() }
        facts.calendar = maybe { $0.calendar() }
        for _ in 0..<2 where flag() { facts.organizations.append(SLAOrganizationSpan(since: time(), organization: maybe { $0.id() })) }
        facts.firstCustomerMessageAt = maybe { $0.time() }
        facts.firstResponseAt = maybe { $0.time() }
        facts.unansweredSince = maybe { $0.time() }
        facts.isFinished = flag()
        for metric in SLAMetric.allCases where flag() { facts.instances[metric] = count() }
        return facts
    }

    private mutating func timer() -> SLATimer {
        var timer = SLATimer(
            metric: one(of: SLAMetric.allCases, else: .resolution),
            instance: count(),
            stage: maybe { $0.one(of: SLAStage.allCases, else: .confirm) },
            group: maybe { $0.id() },
            startedAt: time(),
            suppressedUntil: maybe { $0.time() }
        )
        timer.segments = list(upTo: 3) { random in
            SLARunSegment(start: random.time(), end: random.time(), consumed: random.number(), frozen: random.maybe { $0.measure() })
        }
        timer.runningSince = maybe { $0.time() }
        timer.endedAt = maybe { $0.time() }
        timer.endedBy = maybe { $0.one(of: [.merged, .condition, .closed, .noPolicy], else: .closed) }
        timer.promise = maybe { random in
            SLAPromise(
                policy: random.policy(),
                measure: random.measure(),
                target: random.number(),
                warnings: random.list(upTo: 3) { $0.warning() },
                since: random.time()
            )
        }
        timer.isLapsed = flag()
        timer.lapsedAt = maybe { $0.time() }
        timer.targetVersion = count()
        timer.isBreached = flag()
        timer.dueAt = maybe { $0.time() }
        timer.breachAt = maybe { $0.time() }
        timer.pending = list(upTo: 3) { random in
            SLATimer.Pending(threshold: random.threshold(), at: random.time(), cause: random.flag() ? .elapsed : .retarget)
        }
        timer.fired = list(upTo: 3) { random in
            SLATimer.Fired(threshold: random.threshold(), targetVersion: random.count(), at: random.time())
        }
        return timer
    }

    private mutating func threshold() -> SLAThreshold { flag() ? .breach : .warning(warning()) }
    private mutating func warning() -> SLAWarning { flag() ? .percent(count()) : .remaining(seconds: number()) }
    private mutating func policy() -> SLAPolicyReference { SLAPolicyReference(id: id(), version: count()) }
    private mutating func calendar() -> CalendarReference { CalendarReference(id: id(), version: count()) }
    private mutating func measure() -> SLAMeasure { SLAMeasure(mode: flag() ? .business : .calendar, calendar: maybe { $0.calendar() }) }
    private mutating func id<Entity>() -> ID<Entity> { ID(high: random.next(), low: random.next()) }
    private mutating func flag() -> Bool { Bool.random(using: &random) }
    private mutating func count() -> Int { Int.random(in: 0...(flag() ? 3 : Int(Int32.max)), using: &random) }

    /// Between the years 1 and 9999, those that the text of a time can say.
    private mutating func time() -> Timestamp {
        Timestamp(microseconds: Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &random))
    }

    private mutating func number() -> Int64 {
        one(of: [0, 1, -1, .max, .min, Int64.random(in: .min ... .max, using: &random)], else: 0)
    }

    private mutating func one<Value>(of values: [Value], else fallback: Value) -> Value { values.randomElement(using: &random) ?? fallback }
    private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? { flag() ? make(&self) : nil }
    private mutating func list<Value>(upTo limit: Int, _ make: (inout Self) -> Value) -> [Value] {
        (0..<Int.random(in: 0...limit, using: &random)).map { _ in make(&self) }
    }
}
