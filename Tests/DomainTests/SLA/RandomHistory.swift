import Domain

/// A random ticket: policies, and changes at growing times. All of it follows from the seed.
struct RandomHistory {
    let context: SLAContext
    /// The signals of each change; every change has one time.
    let changes: [[SLASignal]]
    /// When each change was recorded: the time of its signals, but for imports.
    let times: [Timestamp]
    let end: Timestamp
    /// How often a calendar's newer version reached the ticket.
    private(set) var remeasurements = 0

    private static let groups = (1...3).map { GroupID(high: 7, low: $0) }

    init(seed: UInt64, calendars: RandomCalendars, changes count: ClosedRange<Int> = 2...14) {
        var random = SplitMix(seed: seed)
        var context = SLAContext(calendars: calendars.all)
        let references = (1...3).map { SLAPolicyReference(id: SLAPolicyID(high: 9, low: 1), version: $0) }
        for reference in references {
            context.policies[reference] = RandomHistory.policy(using: &random)
        }
        self.context = context
        let choices = calendars.published.keys.sorted()
        // Every other history lies around an edit of a calendar.
        let edits = choices.flatMap { id in (calendars.published[id] ?? []).dropFirst().map { (calendar: id, at: $0.at) } }
        let edit = Bool.random(using: &random) ? edits.randomElement(using: &random) : nil
        // A ticket gets the newest version of its calendar, as of the time at which somebody looks.
        func policy(_ random: inout SplitMix, at time: Timestamp) -> SLASignal.Kind {
            guard Int.random(in: 0..<6, using: &random) > 0 else { return .policyChanged(nil, calendar: nil) }
            let choice = Bool.random(using: &random) ? edit?.calendar : choices.randomElement(using: &random)
            let calendar = choice.flatMap { calendars.newest(of: $0, at: time) }
            return .policyChanged(references.randomElement(using: &random), calendar: calendar)
        }
        var promised: (policy: SLAPolicyReference?, calendar: CalendarReference?) = (nil, nil)
        var counted: [CalendarID: Int] = [:]
        // Somewhere in 2024, on a full quarter of an hour so that deadlines and events can coincide.
        var time = Timestamp(microseconds: (1_704_067_200 + Int64.random(in: 0..<30_000, using: &random) * 900) * 1_000_000)
        if let edit { time = edit.at.adding(microseconds: -Int64.random(in: 1...250, using: &random) * 900_000_000) }
        var changes: [[SLASignal]] = []
        var times: [Timestamp] = []
        for index in 0..<Int.random(in: count, using: &random) {
            var kinds: [SLASignal.Kind] = []
            let start = time
            var carried: [SLASignal] = []
            if index == 0 {
                let isImport = Int.random(in: 0..<6, using: &random) == 0
                if isImport { time = time.adding(microseconds: RandomHistory.gap(using: &random)) }
                kinds = [.created(by: Bool.random(using: &random) ? .customer : .agent, importedAt: isImport ? time : nil)]
                // A split carries messages over, each with its own time up to the split.
                if isImport && Bool.random(using: &random) { carried = RandomHistory.conversation(from: start, to: time, using: &random) }
            }
            if index == 0 && Int.random(in: 0..<5, using: &random) > 0 { kinds.append(policy(&random, at: time)) }
            for _ in 0..<Int.random(in: index == 0 ? 0...1 : 1...3, using: &random) {
                kinds.append(RandomHistory.kind(before: time, policy: policy(&random, at: time), using: &random))
            }
            // Edits of calendars reach live tickets in the background, or with the ticket's next change.
            if let known = promised.calendar, let newest = calendars.newest(of: known.id, at: time), newest != known, Bool.random(using: &random) {
                let edit = SLASignal.Kind.policyChanged(promised.policy, calendar: newest)
                if Bool.random(using: &random) { kinds = [edit] } else { kinds.append(edit) }
            }
            for case .policyChanged(let policy, let calendar, _, _) in kinds {
                promised = (policy, calendar)
                guard let calendar else { continue }
                if let before = counted.updateValue(calendar.version, forKey: calendar.id), before != calendar.version { remeasurements += 1 }
            }
            changes.append(kinds.map { SLASignal(at: start, $0) } + carried)
            times.append(time)
            time = time.adding(microseconds: RandomHistory.gap(using: &random))
        }
        self.changes = changes
        self.times = times
        end = time.adding(microseconds: RandomHistory.gap(using: &random))
    }

    private static func conversation(from start: Timestamp, to end: Timestamp, using random: inout SplitMix) -> [SLASignal] {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in
            let time = Timestamp(microseconds: Int64.random(in: start.microseconds...end.microseconds, using: &random))
            let kinds: [SLASignal.Kind] = [.customerMessage, .customerMessage, .agentReply(), .internalNote]
            return SLASignal(at: time, kinds.randomElement(using: &random) ?? .customerMessage)
        }.sorted { $0.at < $1.at }
    }

    private static func gap(using random: inout SplitMix) -> Int64 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: Int64.random(in: 1...600_000_000, using: &random)
        case 1: Int64.random(in: 1...400, using: &random) * 900_000_000
        default: Int64.random(in: 1...16, using: &random) * 1_800_000_000
        }
    }

    private static func kind(before time: Timestamp, policy: SLASignal.Kind, using random: inout SplitMix) -> SLASignal.Kind {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<3: .customerMessage
        case 3..<6: .agentReply(isBot: Int.random(in: 0..<4, using: &random) == 0)
        case 6: .internalNote
        case 7..<13:
            .stateEntered(
                [StateCategory.new, .open, .open, .pending, .hold, .solved].randomElement(using: &random) ?? .open,
                name: Bool.random(using: &random) ? "on_hold" : nil
            )
        case 13: .stageEntered([SLAStage?.none, .confirm, .process, .feedback].randomElement(using: &random) ?? nil)
        case 14, 15: .priorityChanged(Priority.allCases.randomElement(using: &random) ?? .p3)
        case 16: policy
        case 17: .groupAssigned(Bool.random(using: &random) ? groups.randomElement(using: &random) : nil)
        case 18:
            .absorbed(
                oldestUnanswered: time.adding(microseconds: -Int64.random(in: 0...100_000_000_000, using: &random)),
                honoursPauses: Int.random(in: 0..<4, using: &random) > 0
            )
        default:
            Int.random(in: 0..<6, using: &random) == 0
                ? [.merged, .cancelConditionMet(), .stateEntered(.closed)].randomElement(using: &random) ?? .merged : .agentAction
        }
    }

    private static func policy(using random: inout SplitMix) -> SLAPolicyDefinition {
        var targets: [SLATarget] = []
        for metric in SLAMetric.allCases where Int.random(in: 0..<3, using: &random) > 0 {
            let mode: SLATarget.Mode = Int.random(in: 0..<4, using: &random) == 0 ? .calendar : .business
            targets.append(SLATarget(metric: metric, seconds: Int64.random(in: 1...40, using: &random) * 1_800, mode: mode))
            if metric == .stage { targets.append(SLATarget(metric: .stage, stage: .process, seconds: 5_400, mode: mode)) }
            targets.append(SLATarget(metric: metric, priority: .p1, seconds: Int64.random(in: 1...8, using: &random) * 1_800, mode: mode))
        }
        var policy = SLAPolicyDefinition(name: "random", targets: targets)
        policy.warnings = [.percent(50), .percent(90), .remaining(seconds: 1_800)].filter { _ in Bool.random(using: &random) }
        for metric in SLAMetric.allCases where Int.random(in: 0..<3, using: &random) == 0 {
            let category = [StateCategory.pending, .hold, .open].randomElement(using: &random) ?? .pending
            policy.pauses.append(Bool.random(using: &random) ? SLAPause(metric, category: category) : SLAPause(metric, state: "on_hold"))
        }
        policy.options.noteIsFirstResponse = Bool.random(using: &random)
        policy.options.botReplyCounts = Bool.random(using: &random)
        policy.options.noteIsUpdate = Bool.random(using: &random)
        policy.options.firstResponsePausesInPending = Bool.random(using: &random)
        policy.options.periodicUpdatePausesInPending = Bool.random(using: &random)
        policy.options.reopen = SLAOptions.Reopen.allCases.randomElement(using: &random) ?? .continue
        policy.options.retarget = Int.random(in: 0..<3, using: &random) == 0 ? .prospective : .retroactive
        return policy
    }
}
