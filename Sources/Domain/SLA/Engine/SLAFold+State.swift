extension SLAFold {
    /// The ticket enters a state: solving and closing stop clocks, reopening starts them again.
    mutating func enter(_ category: StateCategory, _ name: String?, at time: Timestamp) throws(SLAError) {
        let before = ledger.facts.category
        ledger.facts.category = category
        ledger.facts.state = name
        if before.isUnsolved && !category.isUnsolved {
            for metric in [SLAMetric.nextResponse, .periodicUpdate, .requesterWait, .agentWork, .resolution, .groupOwnership, .agentInactivity] {
                try stop(metric, at: time)
            }
            ledger.facts.unansweredSince = nil
        } else if !before.isUnsolved && category.isUnsolved {
            try reopen(at: time)
        }
        guard category == .closed else { return }
        try stop(.stage, at: time)
        // What is left was never answered: a first response that nobody gave.
        try cancelAll(.closed, at: time)
    }

    private mutating func reopen(at time: Timestamp) throws(SLAError) {
        let choice = try rules()?.options.reopen ?? .continue
        for metric in [SLAMetric.requesterWait, .agentWork, .resolution] {
            switch choice {
            case .continue:
                guard let index = ledger.timers.lastIndex(where: { $0.metric == metric }), ledger.timers[index].endedBy == nil else { continue }
                ledger.timers[index].endedAt = nil
                // Its calendar may have been edited since.
                try measureAgain(index)
            case .newCycle: start(metric, at: time)
            case .ignore: continue
            }
        }
        if ledger.facts.unansweredSince != nil, ledger.facts.firstResponseAt != nil { start(.nextResponse, at: time) }
        if ledger.facts.group != nil { start(.groupOwnership, at: time) }
        start(.agentInactivity, at: time)
    }

    /// Pauses and resumes every live clock as the ticket's state says.
    mutating func followState(at time: Timestamp) throws(SLAError) {
        let policy = try rules()
        let (category, state) = (ledger.facts.category, ledger.facts.state)
        func runs(_ metric: SLAMetric) -> Bool { policy?.runs(metric, in: category, state: state) ?? metric.runs(in: category, SLAOptions()) }
        for metric in SLAPast.metrics { past.note(metric, runs: runs(metric), at: time) }
        for index in ledger.timers.indices where ledger.timers[index].endedAt == nil {
            if runs(ledger.timers[index].metric) {
                ledger.timers[index].resume(at: time)
            } else {
                try change(index) { timer, clock throws(CalendarError) in try timer.pause(at: time, clock: clock) }
            }
        }
    }

    mutating func cancelAll(_ reason: SLATimer.Cancellation, at time: Timestamp) throws(SLAError) {
        ledger.facts.isFinished = true
        for index in ledger.timers.indices where ledger.timers[index].endedAt == nil {
            try change(index) { timer, clock throws(CalendarError) in try timer.cancel(at: time, clock: clock, reason: reason) }
        }
    }

    func live(_ metric: SLAMetric) -> Int? {
        ledger.timers.lastIndex { $0.metric == metric && $0.endedAt == nil }
    }

    mutating func start(_ metric: SLAMetric, at time: Timestamp) {
        let instance = (ledger.facts.instances[metric] ?? 0) + 1
        ledger.facts.instances[metric] = instance
        let timer = SLATimer(
            metric: metric,
            instance: instance,
            stage: metric == .stage ? ledger.facts.stage : nil,
            group: metric == .groupOwnership ? ledger.facts.group : nil,
            startedAt: time,
            suppressedUntil: ledger.facts.suppressedUntil
        )
        ledger.timers.append(timer)
    }

    mutating func stop(_ metric: SLAMetric, at time: Timestamp) throws(SLAError) {
        guard let index = live(metric) else { return }
        try change(index) { timer, clock throws(CalendarError) in try timer.stop(at: time, clock: clock) }
    }

    /// Changes one timer with the clock of its promise.
    mutating func change(_ index: Int, _ body: (inout SLATimer, SLAClock?) throws(CalendarError) -> Void) throws(SLAError) {
        let clock = try clock(of: ledger.timers[index])
        do {
            try body(&ledger.timers[index], clock)
        } catch {
            throw .calendar(error)
        }
    }
}
