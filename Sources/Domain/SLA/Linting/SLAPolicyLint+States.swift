extension SLAPolicyLint {
    /// "start ⊂ stop": a policy for states in which its clocks stand stopped, or paused, promises nothing.
    mutating func checkStates() {
        guard definition.conditions.fieldNames.contains("state") else { return }
        let possible = states
        for metric in metrics where !possible.contains(where: { runs(metric, $0) }) {
            let names = possible.map(\.state.rawValue).joined(separator: ", ")
            let isPaused = possible.contains { $0.category.isUnsolved }
            add(
                .error,
                isPaused ? .alwaysPaused : .startsStopped,
                "/conditions",
                "\(metric.rawValue) never runs: the policy matches only in \(names), where this clock \(isPaused ? "is paused" : "has stopped")"
            )
        }
        checkBuiltInPauses(possible)
    }

    /// Whether a metric's clock runs in a state, pauses aside: that of `stage` where the state belongs to one.
    private func runs(_ metric: SLAMetric, _ state: Lifecycle.State) -> Bool {
        metric.runs(in: state.category, definition.options) && (metric != .stage || state.stage != nil)
    }

    /// Targets for a stage in which the policy matches no ticket, or none of the priority that they name.
    mutating func checkStages() {
        for (index, target) in definition.targets.enumerated() {
            guard let stage = target.stage else { continue }
            let priority = target.priority.map { TicketCondition.field("priority", .equals, .number(Int64($0.rawValue))) }
            let wanted = TicketCondition.all([definition.conditions] + [priority].compactMap(\.self))
            let isUsed = linter.lifecycle.states.contains { state in
                state.stage == stage && linter.reasoning.allows(wanted, "state", .text(state.state.rawValue))
            }
            guard !isUsed, target.priority.map(priorities.contains) ?? true else { continue }
            add(.warning, .targetNeverUsed, "/targets/\(index)", "the policy matches no such ticket in the stage \(stage.rawValue)")
        }
    }

    /// "pause ⊄ start" for the pauses that a metric brings along (sla.md, table of metrics): the ticket leaves the policy instead.
    private mutating func checkBuiltInPauses(_ possible: [Lifecycle.State]) {
        for metric in metrics {
            let left = linter.lifecycle.states.filter { state in
                state.category.isUnsolved && !possible.contains(state) && !metric.runs(in: state.category, definition.options)
            }
            guard !left.isEmpty, possible.contains(where: { metric.runs(in: $0.category, definition.options) }) else { continue }
            let names = left.map(\.state.rawValue).joined(separator: ", ")
            add(
                .error,
                .pauseCancels,
                "/conditions",
                "\(metric.rawValue) pauses in \(names), but the policy does not match there: the clock is cancelled instead of paused"
            )
        }
    }

    mutating func checkPauses() {
        let possible = states
        for (index, pause) in definition.pauses.enumerated() {
            let pointer = "/pauses/\(index)"
            let paused = linter.lifecycle.states.filter { pause.matches(pause.metric, category: $0.category, state: $0.state.rawValue) }
            if paused.isEmpty, let state = pause.state {
                add(.error, .unknownState, pointer, "there is no state \"\(state)\"")
            } else if !metrics.contains(pause.metric) {
                add(.warning, .metricWithoutTarget, pointer, "nothing is promised for \(pause.metric.rawValue)")
            } else if paused.allSatisfy({ !pause.metric.runs(in: $0.category, definition.options) }) {
                add(.notice, .pauseWithoutEffect, pointer, "\(pause.metric.rawValue) does not run there anyway")
            } else if let state = paused.first(where: { !possible.contains($0) }) {
                add(
                    .error,
                    .pauseCancels,
                    pointer,
                    "the policy does not match in \(state.state.rawValue): the clock is cancelled there instead of paused"
                )
            }
        }
        for metric in metrics {
            let running = possible.filter { metric.runs(in: $0.category, definition.options) }
            guard !running.isEmpty, running.allSatisfy({ isPaused(metric, $0) }) else { continue }
            add(.error, .alwaysPaused, "/pauses", "\(metric.rawValue) is paused in every state in which it would run: its target can never be missed")
        }
    }

    private func isPaused(_ metric: SLAMetric, _ state: Lifecycle.State) -> Bool {
        definition.pauses.contains { $0.matches(metric, category: state.category, state: state.state.rawValue) }
    }
}
