extension QueueIntake {
    /// Everything that can be wrong in it alone, with pointers into the queue's document.
    ///
    /// - Parameter queue: the queue's own id, where it has one already.
    public func problems(in queue: QueueID?) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if !QueueIntake.positionRange.contains(position) {
            problems.append(FieldProblem("/position", code: .outOfRange, detail: "must be 0 to \(QueueIntake.positionRange.upperBound)"))
        }
        problems += QueueIntake.problems(of: match, at: "/match")
        problems += weightProblems
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

    private var weightProblems: [FieldProblem] {
        guard weights.count <= WeightRule.maximumCount else { return [.limit("/weights", WeightRule.maximumCount, "entries")] }
        var problems: [FieldProblem] = []
        for (index, rule) in weights.enumerated() {
            problems += QueueIntake.problems(of: rule.conditions, at: "/weights/\(index)/conditions")
            if !WeightRule.weightRange.contains(rule.weight) {
                let reason = "must be \(WeightRule.weightRange.lowerBound) to \(WeightRule.weightRange.upperBound)"
                problems.append(FieldProblem("/weights/\(index)/weight", code: .outOfRange, detail: reason))
            }
        }
        return problems
    }

    static func problems(of conditions: [TicketCondition], at pointer: String) -> [FieldProblem] {
        guard conditions.count <= IntakeRule.maximumConditions else { return [.limit(pointer, IntakeRule.maximumConditions, "conditions")] }
        var problems: [FieldProblem] = []
        for (index, condition) in conditions.enumerated() {
            let place = "\(pointer)/\(index)"
            if condition.count > 100 { problems.append(.limit(place, 100, "parts")) }
            if let excess = condition.firstExcess(at: place) {
                problems.append(FieldProblem(excess.pointer, code: .limitReached, detail: excess.reason))
            }
            if !condition.isWellTyped {
                problems.append(FieldProblem(place, code: .invalidDefinition, detail: "an operation has a value of the wrong type"))
            }
            for name in condition.fieldNames.sorted() where !TicketContent.isConditionField(name) {
                problems.append(FieldProblem(place, code: .invalidDefinition, detail: "a new ticket has no field \(name.prefix(100))"))
            }
        }
        return problems
    }
}

extension FieldProblem {
    fileprivate static func limit(_ pointer: String, _ most: Int, _ things: String) -> FieldProblem {
        FieldProblem(pointer, code: .limitReached, detail: "has at most \(most) \(things)")
    }
}

extension IntakeRule {
    fileprivate func problems(in queue: QueueID?, at pointer: String) -> [FieldProblem] {
        var problems = QueueIntake.problems(of: conditions, at: pointer + "/conditions")
        if !(1...100).contains(name.unicodeScalars.count) {
            problems.append(FieldProblem(pointer + "/name", code: .outOfRange, detail: "needs 1 to 100 characters"))
        }
        if keywords.count > IntakeRule.maximumKeywords {
            problems.append(.limit(pointer + "/keywords", IntakeRule.maximumKeywords, "keywords"))
        }
        for (index, keyword) in keywords.enumerated() where !(1...IntakeRule.maximumKeywordLength).contains(keyword.count) {
            let reason = "needs 1 to \(IntakeRule.maximumKeywordLength) characters"
            problems.append(FieldProblem("\(pointer)/keywords/\(index)", code: .outOfRange, detail: reason))
        }
        if let target = set.queueID, target == queue {
            problems.append(FieldProblem(pointer + "/set/queue_id", code: .conflict, detail: "is the queue itself"))
        }
        for (name, count) in [("required_skills", set.requiredSkills.count), ("optional_skills", set.optionalSkills.count)]
        where count > IntakeSetting.maximumSkills {
            problems.append(.limit("\(pointer)/set/\(name)", IntakeSetting.maximumSkills, "skills"))
        }
        return problems
    }
}
