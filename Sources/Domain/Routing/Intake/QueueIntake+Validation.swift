extension QueueIntake {
    /// One wrong part: a JSON pointer into the queue's document, a stable code, and what is wrong.
    public struct Problem: Hashable, Sendable {
        public let pointer: String
        public let code: String
        public let reason: String
    }

    /// Everything that can be wrong in it alone.
    ///
    /// - Parameter queue: the queue's own id, where it has one already.
    public func problems(in queue: QueueID?) -> [Problem] {
        var problems: [Problem] = []
        if !QueueIntake.positionRange.contains(position) {
            problems.append(Problem(pointer: "/position", code: "out_of_range", reason: "must be 0 to \(QueueIntake.positionRange.upperBound)"))
        }
        problems += QueueIntake.problems(of: match, at: "/match")
        guard rules.count <= IntakeRule.maximumCount else {
            problems.append(.limit("/rules", IntakeRule.maximumCount, "rules"))
            return problems
        }
        for (index, rule) in rules.enumerated() { problems += rule.problems(in: queue, at: "/rules/\(index)") }
        if rules.reduce(0, { $0 + $1.keywords.count }) > IntakeRule.maximumKeywordsOfQueue {
            problems.append(.limit("/rules", IntakeRule.maximumKeywordsOfQueue, "keywords"))
        }
        return problems
    }

    static func problems(of conditions: [TicketCondition], at pointer: String) -> [Problem] {
        guard conditions.count <= IntakeRule.maximumConditions else { return [.limit(pointer, IntakeRule.maximumConditions, "conditions")] }
        var problems: [Problem] = []
        for (index, condition) in conditions.enumerated() {
            let place = "\(pointer)/\(index)"
            if condition.count > 100 { problems.append(.limit(place, 100, "parts")) }
            if let excess = condition.firstExcess(at: place) {
                problems.append(Problem(pointer: excess.pointer, code: "limit_reached", reason: excess.reason))
            }
            if !condition.isWellTyped {
                problems.append(Problem(pointer: place, code: "invalid_definition", reason: "an operation has a value of the wrong type"))
            }
            for name in condition.fieldNames.sorted() where !TicketContent.isConditionField(name) {
                problems.append(Problem(pointer: place, code: "invalid_definition", reason: "a new ticket has no field \(name.prefix(100))"))
            }
        }
        return problems
    }
}

extension QueueIntake.Problem {
    static func limit(_ pointer: String, _ most: Int, _ things: String) -> QueueIntake.Problem {
        QueueIntake.Problem(pointer: pointer, code: "limit_reached", reason: "has at most \(most) \(things)")
    }
}

extension IntakeRule {
    fileprivate func problems(in queue: QueueID?, at pointer: String) -> [QueueIntake.Problem] {
        var problems = QueueIntake.problems(of: conditions, at: pointer + "/conditions")
        if !(1...100).contains(name.unicodeScalars.count) {
            problems.append(.init(pointer: pointer + "/name", code: "out_of_range", reason: "needs 1 to 100 characters"))
        }
        if keywords.count > IntakeRule.maximumKeywords {
            problems.append(.limit(pointer + "/keywords", IntakeRule.maximumKeywords, "keywords"))
        }
        for (index, keyword) in keywords.enumerated() where !(1...IntakeRule.maximumKeywordLength).contains(keyword.count) {
            let reason = "needs 1 to \(IntakeRule.maximumKeywordLength) characters"
            problems.append(.init(pointer: "\(pointer)/keywords/\(index)", code: "out_of_range", reason: reason))
        }
        if let target = set.queueID, target == queue {
            problems.append(.init(pointer: pointer + "/set/queue_id", code: "conflict", reason: "is the queue itself"))
        }
        for (name, count) in [("required_skills", set.requiredSkills.count), ("optional_skills", set.optionalSkills.count)]
        where count > IntakeSetting.maximumSkills {
            problems.append(.limit("\(pointer)/set/\(name)", IntakeSetting.maximumSkills, "skills"))
        }
        return problems
    }
}
