import Domain
import Store

extension QueueContent: DirectoryContent {
    static var noun: String { "queue" }
    /// As many as the reader of the configuration takes.
    static var maximumCount: Int? { 1_000 }

    func problems(in situation: DirectorySituation<QueueContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        checks.number(boostMinutes, QueueContent.boostRange, at: "/boost_minutes")
        checks.number(vipBoostMinutes, QueueContent.vipBoostRange, at: "/vip_boost_minutes")
        checks.number(defaultTargetSeconds, QueueContent.defaultTargetRange, at: "/default_target_seconds")
        if isStrict && order == .deadline { checks.add("/order_by", code: .conflict, "a strict queue is ordered by priority") }
        checks.number(sticky.days, StickyAgents.dayRange, at: "/sticky_days")
        checks.number(sticky.waitSeconds, StickyAgents.waitRange, at: "/sticky_wait_seconds")
        if let fallbackQueueID, fallbackQueueID == situation.before?.id { checks.add("/fallback_queue_id", code: .conflict, "is the queue itself") }
        if let seconds = offers?.seconds { checks.number(seconds, TicketOffer.secondsRange, at: "/offer_seconds") }
        for seconds in (offers?.channelSeconds ?? [:]).values { checks.number(seconds, TicketOffer.secondsRange, at: "/offer_channel_seconds") }
        checks.number(overflowAfterSeconds, 1...QueueOverflow.maximumSeconds, at: "/overflow_after_seconds")
        if isDefault && !isActive { checks.add("/active", code: .conflict, "the default queue is active") }
        addStepProblems(to: &checks)
        addEscalationProblems(to: &checks)
        for problem in intake.problems(in: situation.before?.id) { checks.add(problem) }
        return checks.problems
    }

    private func addEscalationProblems(to checks: inout FieldChecks) {
        var triggers: Set<QueueEscalation.Trigger> = []
        for (index, escalation) in escalations.enumerated() {
            let pointer = "/escalations/\(index)"
            if !triggers.insert(escalation.trigger).inserted { checks.add("\(pointer)/trigger", code: .duplicate, "is listed twice") }
            switch (escalation.trigger, escalation.afterSeconds) {
            case (.unassigned, let seconds?): checks.number(seconds, QueueEscalation.afterRange, at: "\(pointer)/after_seconds")
            case (.unassigned, nil): checks.add("\(pointer)/after_seconds", code: .required, "says how long a ticket may wait")
            case (_, .some): checks.add("\(pointer)/after_seconds", code: .notAllowed, "only the trigger unassigned waits")
            case (_, nil): break
            }
        }
    }

    private func addStepProblems(to checks: inout FieldChecks) {
        if steps.count > QueueContent.maximumSteps {
            checks.add("/steps", code: .limitReached, "a queue has at most \(QueueContent.maximumSteps) steps")
            return
        }
        var ages: Set<Int> = []
        for (index, step) in steps.enumerated() {
            let pointer = "/steps/\(index)"
            checks.number(step.afterSeconds, 0...QueueContent.maximumStepAge, at: "\(pointer)/after")
            if let rank = step.dropFrom { checks.number(rank, 1...9, at: "\(pointer)/drop_from") }
            checks.number(step.tier, QueueContent.tierRange, at: "\(pointer)/tier")
            checks.number(step.levelsDown, 0...4, at: "\(pointer)/min_level_down")
            if !ages.insert(step.afterSeconds).inserted { checks.add("\(pointer)/after", code: .duplicate, "another step begins at this age") }
        }
    }

    func addReferences(to check: inout ReferenceCheck) {
        check.add(calendarID, at: "/calendar_id")
        check.add(overflowQueueID, at: "/overflow_queue_id")
        check.add(fallbackQueueID, at: "/fallback_queue_id")
        check.add(escalationChainID, at: "/escalation_chain_id")
        for (index, escalation) in escalations.enumerated() { check.add(escalation.chain, at: "/escalations/\(index)/chain_id") }
        for (index, rule) in intake.rules.prefix(IntakeRule.maximumCount).enumerated() {
            let pointer = "/rules/\(index)/set"
            check.add(rule.set.queueID, at: pointer + "/queue_id")
            for (index, skill) in rule.set.requiredSkills.prefix(IntakeSetting.maximumSkills).enumerated() {
                check.add(skill.skill, at: "\(pointer)/required_skills/\(index)/skill_id")
            }
            for (index, skill) in rule.set.optionalSkills.prefix(IntakeSetting.maximumSkills).enumerated() {
                check.add(skill.skill, at: "\(pointer)/optional_skills/\(index)/skill_id")
            }
        }
    }

    /// Tickets must not move in circles. A new queue is in none: nothing leads to it yet.
    func linkProblems(of id: QueueID?, tenant: TenantID, transaction: TenantTransaction) async throws -> [FieldProblem] {
        guard let id, let overflowQueueID else { return [] }
        let rows = try await transaction.rows(of: LoadOverflowLinks(tenant: tenant))
        let links = Dictionary(rows.map { ($0.queue, $0.target) }, uniquingKeysWith: { first, _ in first })
        guard QueueOverflow.isCircle(from: id, to: overflowQueueID, links: links) else { return [] }
        return [FieldProblem("/overflow_queue_id", code: .conflict, detail: "tickets would come back to the queue")]
    }

    static func write(_ change: DirectoryChange<QueueContent>, to statements: inout StatementList) {
        let queue = change.after
        if queue.content.isDefault, change.before?.content.isDefault != true {
            statements.add(ClearDefaultQueue(tenant: change.tenant, except: queue.id, time: queue.updatedAt))
        }
        change.addRow(to: &statements)
        if change.before == nil { statements.add(CreateLane(tenant: change.tenant, queue: queue.id)) }
    }

    /// Other rules may fit an agent whom the old ones refused, and tickets that wait have another place or move on by another time: also those that still wait in a
    /// queue which takes no more. A new queue has no tickets.
    static func signal(of change: DirectoryChange<QueueContent>) -> RoutingSignal {
        guard let before = change.before?.content else { return .none }
        let after = change.after.content
        let mayServeMore =
            before.isActive != after.isActive || after.mode != before.mode || after.steps != before.steps || after.sticky != before.sticky
            || after.calendarID != before.calendarID || after.offers != before.offers || after.overflowQueueID != before.overflowQueueID
            || after.overflowAfterSeconds != before.overflowAfterSeconds || hasOtherOrder(after, before)
        return mayServeMore ? .queue(change.after.id) : .none
    }

    /// Where its tickets move on to or when, whether those of others may come here now, and what places and steps its tickets have: also what an edit before has changed
    /// is to be found, and what was made since.
    static func overflow(after change: DirectoryChange<QueueContent>) -> RestartOverflow.Subject? {
        guard let before = change.before?.content else { return nil }
        let after = change.after.content
        let isOther =
            after.overflowQueueID != before.overflowQueueID || after.overflowAfterSeconds != before.overflowAfterSeconds
            || after.isActive != before.isActive || after.calendarID != before.calendarID
        if isOther { return .queue(change.after.id) }
        let isOrder = after.steps != before.steps || after.sticky != before.sticky || hasOtherOrder(after, before)
        return isOrder ? .order(change.after.id) : nil
    }

    /// Whether tickets have other places in it.
    private static func hasOtherOrder(_ after: QueueContent, _ before: QueueContent) -> Bool {
        after.order != before.order || after.isStrict != before.isStrict || after.boostMinutes != before.boostMinutes
            || after.vipBoostMinutes != before.vipBoostMinutes || after.defaultTargetSeconds != before.defaultTargetSeconds
    }

    /// Business targets count by the queue's calendar where the policy names none.
    static func reevaluation(of change: DirectoryChange<QueueContent>) -> SLAReevaluation.Cause? {
        guard let before = change.before?.content, before.calendarID != change.after.content.calendarID else { return nil }
        return .queue
    }
}
