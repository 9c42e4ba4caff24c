import Domain

/// What becomes of a ticket's `resolution` and `next_response`, told minute by minute as sla.md says it: no spans, no sums, no calendars, nothing of the engine. Of each
/// minute it asks who runs in it and whether it is open, and counts.
struct SLAOracle {
    enum Event: Hashable {
        case reply
        case message
        case state(StateCategory)
        case priority(Priority)
        case hours(Hours)
        /// Another ticket is merged into it, whose customer has waited since a minute.
        case merge(since: Int)

        /// "Same instant order: stop, cancel, retarget, pause, start/resume" (sla.md).
        fileprivate var order: Int {
            switch self {
            case .reply: 0
            case .state(let category): category == .solved ? 0 : category == .pending || category == .hold ? 2 : 3
            case .priority, .hours: 1
            case .message, .merge: 4
            }
        }

        /// One of each at an instant.
        var kind: Int {
            switch self {
            case .reply: 0
            case .message: 1
            case .state: 2
            case .priority: 3
            case .hours: 4
            case .merge: 5
            }
        }
    }

    /// Opening hours in UTC.
    enum Hours: Int, CaseIterable {
        /// Monday to Friday 09–12 and 13–17, closed on Monday 11 March 2024, open on Saturday the 9th from 10 to 14.
        case day
        /// From 22 to 6 in the nights that begin on Monday to Friday.
        case night

        /// - Parameter minute: since 1970.
        func isOpen(_ minute: Int) -> Bool {
            let (day, clock) = (minute / 1_440, minute % 1_440)
            // 1 January 1970 was a Thursday; Monday is 0.
            let weekday = (day + 3) % 7
            switch self {
            case .day:
                // 11 and 9 March 2024.
                if day == 19_793 { return false }
                if day == 19_791 { return (600..<840).contains(clock) }
                return weekday < 5 && ((540..<720).contains(clock) || (780..<1_020).contains(clock))
            case .night: return (clock >= 1_320 && weekday < 5) || (clock < 360 && (weekday + 6) % 7 < 5)
            }
        }
    }

    struct Passed: Hashable {
        let metric: SLAMetric
        let instance: Int
        let isBreach: Bool
        let version: Int
        let minute: Int
    }

    struct Clock {
        let metric: SLAMetric
        let instance: Int
        fileprivate(set) var isEnded = false
        fileprivate(set) var isRunning = false
        fileprivate(set) var isMissed = false
        fileprivate(set) var counted = 0
        fileprivate(set) var start = 0
        fileprivate var isWarned = false
        fileprivate var target = 0
        fileprivate var hours: Hours?
        fileprivate var version = 0
        /// Every minute in which it ran, and how many of them before it began to run without a break until now.
        fileprivate var ran: [Int] = []
        fileprivate var ranBefore = 0
        fileprivate var countedSince = 0
    }

    /// Minutes by priority; both are warned of at half of them.
    let targets: [Priority: Int]
    /// In which states each clock stands still.
    let pauses: [SLAMetric: StateCategory]
    private(set) var clocks: [Clock] = []
    private(set) var passed: [Passed] = []
    /// Warnings that lay where a span began with nothing left to count, in closed time.
    private(set) var putOff = 0
    private var category = StateCategory.new
    private var priority = Priority.p3
    private var hours = Hours.day
    private var isAnswered = false
    private var isAsking = false
    private let from: Int
    /// In which state each minute was spent, from the creation on.
    private var categories: [StateCategory] = []
    /// Minutes that merges found to have stood still.
    private(set) var leftOut = 0

    init(targets: [Priority: Int], pauses: [SLAMetric: StateCategory], events: [Int: [Event]], from start: Int, through end: Int) {
        self.targets = targets
        self.pauses = pauses
        from = start
        clocks.append(Clock(metric: .resolution, instance: 1))
        for minute in start...end {
            for event in (events[minute] ?? []).sorted(by: { $0.order < $1.order }) { apply(event, at: minute) }
            categories.append(category)
            for index in clocks.indices { clocks[index] = look(at: clocks[index], minute) }
            guard minute < end else { continue }
            for index in clocks.indices where clocks[index].isRunning {
                clocks[index].ran.append(minute)
                if hours.isOpen(minute) {
                    clocks[index].counted += 1
                    clocks[index].countedSince += 1
                }
            }
        }
    }

    private mutating func apply(_ event: Event, at minute: Int) {
        switch event {
        case .reply:
            isAnswered = true
            isAsking = false
            end(.nextResponse)
        case .message:
            guard isAnswered, !isAsking else { return }
            isAsking = true
            if category.isUnsolved { ask(at: minute) }
        case .priority(let next): priority = next
        case .hours(let next): hours = next
        case .state(let next):
            let before = category
            category = next
            if before.isUnsolved, !next.isUnsolved {
                isAsking = false
                end(.nextResponse)
                end(.resolution)
            } else if !before.isUnsolved, next.isUnsolved {
                clocks[0].isEnded = false
                if isAsking { ask(at: minute) }
            }
        case .merge(let since): merge(since: since, at: minute)
        }
    }

    private mutating func ask(at minute: Int) {
        var clock = Clock(metric: .nextResponse, instance: clocks.count { $0.metric == .nextResponse } + 1)
        clock.start = minute
        clocks.append(clock)
    }

    /// "The target's next_response starts at min(own, source's oldest unanswered)" (sla.md): of each minute since then it asks whether the clock would have run in it.
    private mutating func merge(since: Int, at minute: Int) {
        guard category.isUnsolved, isAnswered else { return }
        if !isAsking { ask(at: minute) }
        isAsking = true
        guard let index = clocks.lastIndex(where: { $0.metric == .nextResponse && !$0.isEnded }), since < clocks[index].start else { return }
        let earlier = (since..<clocks[index].start).filter { $0 < from || runs(.nextResponse, in: categories[$0 - from]) }
        leftOut += clocks[index].start - since - earlier.count
        clocks[index].start = since
        clocks[index].ran = earlier + clocks[index].ran
        // It runs without a break since the last minute in which it did not.
        let last = clocks[index].ran.last
        clocks[index].isRunning = last == minute - 1
        clocks[index].ranBefore = clocks[index].ran.indices.last { $0 == 0 || clocks[index].ran[$0 - 1] != clocks[index].ran[$0] - 1 } ?? 0
        guard let counting = clocks[index].hours else { return }
        clocks[index].counted = clocks[index].ran.count { counting.isOpen($0) }
        clocks[index].countedSince = clocks[index].ran[clocks[index].ranBefore...].count { counting.isOpen($0) }
    }

    private func runs(_ metric: SLAMetric, in category: StateCategory) -> Bool { category.isUnsolved && category != pauses[metric] }

    private mutating func end(_ metric: SLAMetric) {
        for index in clocks.indices where clocks[index].metric == metric && !clocks[index].isEnded {
            clocks[index].isEnded = true
            clocks[index].isRunning = false
        }
    }

    private mutating func look(at clock: Clock, _ minute: Int) -> Clock {
        guard !clock.isEnded else { return clock }
        var clock = clock
        let runs = runs(clock.metric, in: category)
        if runs, !clock.isRunning {
            clock.ranBefore = clock.ran.count
            clock.countedSince = 0
        }
        clock.isRunning = runs
        follow(&clock)
        // "The least u with consumed ≥ target" for warnings, the first open instant after it for the breach; what is exceeded already is passed now. Nothing is
        // reached by a clock that stands still, and nothing in closed time by one that has counted nothing since it began to run.
        let isOpen = hours.isOpen(minute)
        let half = clock.target / 2
        let mayWarn = runs && clock.counted == half
        if mayWarn, !clock.isWarned, clock.countedSince == 0, !isOpen { putOff += 1 }
        if !clock.isWarned, clock.counted > half || (mayWarn && (clock.countedSince > 0 || isOpen)) {
            clock.isWarned = true
            pass(clock, isBreach: false, minute)
        }
        if !clock.isMissed, clock.counted > clock.target || (runs && clock.counted == clock.target && isOpen) {
            clock.isMissed = true
            pass(clock, isBreach: true, minute)
        }
        return clock
    }

    /// Another target or other hours are another promise: measured from the start on, and missed anew.
    private func follow(_ clock: inout Clock) {
        let target = targets[priority] ?? 0
        guard clock.target != target || clock.hours != hours else { return }
        if clock.hours != hours {
            clock.counted = clock.ran.count { hours.isOpen($0) }
            clock.countedSince = clock.ran[clock.ranBefore...].count { hours.isOpen($0) }
        }
        (clock.target, clock.hours) = (target, hours)
        clock.version += 1
        (clock.isWarned, clock.isMissed) = (false, false)
    }

    private mutating func pass(_ clock: Clock, isBreach: Bool, _ minute: Int) {
        passed.append(Passed(metric: clock.metric, instance: clock.instance, isBreach: isBreach, version: clock.version, minute: minute))
    }
}
