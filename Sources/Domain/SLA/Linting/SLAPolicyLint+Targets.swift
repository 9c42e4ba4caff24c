extension SLAPolicyLint {
    /// The priorities of tickets that may match.
    var priorities: [Priority] {
        Priority.allCases.filter { linter.reasoning.allows(definition.conditions, "priority", .number(Int64($0.rawValue))) }
    }

    mutating func checkTargets() {
        for metric in metrics where metric != .stage {
            checkPriorities(metric)
        }
        for (index, target) in definition.targets.enumerated() {
            if let priority = target.priority, !priorities.contains(priority) {
                add(.warning, .targetNeverUsed, "/targets/\(index)", "the policy matches no ticket of priority \(priority.rawValue)")
            }
            for (place, warning) in definition.warnings.enumerated() {
                guard case .remaining(let seconds) = warning, seconds >= target.seconds else { continue }
                let message = "warns as the clock starts: \(target.metric.rawValue) has \(target.seconds) s in all"
                add(.warning, .warningAtStart, "/warnings/\(place)", message)
            }
        }
        checkResponses()
    }

    /// Which priorities get nothing of what others get, and which get more time than a less urgent one.
    private mutating func checkPriorities(_ metric: SLAMetric) {
        let promised = priorities.map { ($0, definition.target(for: metric, priority: $0, stage: nil)) }
        let missing = promised.filter { $0.1 == nil }.map { "\($0.0.rawValue)" }
        if !missing.isEmpty, missing.count < promised.count {
            let message = "\(metric.rawValue) has no target for priority \(missing.joined(separator: ", "))"
            add(.warning, .priorityWithoutTarget, "/targets", message)
        }
        let targets = promised.compactMap { priority, target in target.map { (priority, $0) } }
        for (urgent, next) in zip(targets, targets.dropFirst()) where urgent.1.mode == next.1.mode && urgent.1.seconds > next.1.seconds {
            let message = "\(metric.rawValue) gives priority \(urgent.0.rawValue) more time than priority \(next.0.rawValue)"
            add(.warning, .priorityInverted, "/targets", message)
        }
    }

    private mutating func checkResponses() {
        for priority in priorities {
            guard let response = definition.target(for: .firstResponse, priority: priority, stage: nil),
                let resolution = definition.target(for: .resolution, priority: priority, stage: nil),
                response.mode == resolution.mode, response.seconds > resolution.seconds
            else { continue }
            let message = "a first response may come after the resolution is due (priority \(priority.rawValue))"
            return add(.warning, .responseAfterResolution, "/targets", message)
        }
    }

    /// Targets that the calendar's hours cannot reach within ten years.
    mutating func checkCalendars() {
        let business = definition.targets.enumerated().filter { $0.element.mode == .business }
        guard !business.isEmpty else { return }
        guard let reference = definition.calendar else {
            let message = "business targets count by the calendar of the ticket's organization, queue or tenant, and without one around the clock"
            return add(.notice, .noCalendar, "/calendar_id", message)
        }
        guard let calendars = linter.references.calendars else { return }
        guard let calendar = calendars[reference] else { return add(.error, .unknownCalendar, "/calendar_id", "there is no such calendar") }
        let end = linter.now.adding(microseconds: SLAPolicyDefinition.maximumTargetSeconds * 1_000_000)
        for (index, target) in business {
            let due = try? calendar.add(target.seconds * 1_000_000, to: linter.now)
            guard due.map({ $0 > end }) ?? true else { continue }
            let message = "the calendar has not so much open time within ten years: the target can never be missed"
            add(.error, .targetUnreachable, "/targets/\(index)/seconds", message)
        }
    }

    mutating func checkMoney() {
        let promised = Set(metrics)
        for (index, band) in definition.penalties.enumerated() {
            let pointer = "/penalties/\(index)"
            let earlier = definition.penalties[..<index].filter { $0.metric == band.metric }
            if !promised.contains(band.metric) {
                add(.warning, .metricWithoutTarget, pointer, "nothing is promised for \(band.metric.rawValue): it can cost nothing")
            } else if earlier.contains(where: { $0.overSeconds == band.overSeconds }) {
                add(.error, .penaltyOverlap, pointer, "two bands begin at \(band.overSeconds) s beyond the target of \(band.metric.rawValue)")
            } else if earlier.contains(where: { $0.currency != band.currency }) {
                add(.warning, .penaltyCurrencies, pointer, "the bands of \(band.metric.rawValue) have different currencies")
            } else if earlier.contains(where: { ($0.overSeconds < band.overSeconds) == ($0.amount > band.amount) && $0.amount != band.amount }) {
                add(.warning, .penaltyDecreasing, pointer, "a later breach of \(band.metric.rawValue) costs less than an earlier one")
            }
        }
        for (index, measure) in definition.measures.enumerated() {
            if !promised.contains(measure.metric) {
                add(.warning, .metricWithoutTarget, "/measures/\(index)", "nothing is promised for \(measure.metric.rawValue)")
            } else if definition.measures[..<index].contains(where: { $0.metric == measure.metric }) {
                add(.error, .measureTwice, "/measures/\(index)", "\(measure.metric.rawValue) is measured twice")
            }
        }
    }
}
