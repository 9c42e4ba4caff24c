extension SLAPolicyDefinition {
    /// Checks a definition for everything that can be wrong in it alone.
    ///
    /// - Throws: ``SLAPolicyError`` with a JSON pointer to the first wrong entry.
    public func validate() throws(SLAPolicyError) {
        // Characters are counted as JSON Schema does.
        guard (1...200).contains(name.unicodeScalars.count) else { throw SLAPolicyError("/name", "a name has 1 to 200 characters") }
        try SLAPolicyDefinition.limit(serviceDescription.unicodeScalars.count, 10_000, "/service_description")
        try SLAPolicyDefinition.limit(quality.unicodeScalars.count, 10_000, "/quality")
        try SLAPolicyDefinition.limit(targets.count, 200, "/targets")
        try SLAPolicyDefinition.limit(penalties.count, 100, "/penalties")
        try SLAPolicyDefinition.limit(measures.count, 50, "/measures")
        try SLAPolicyDefinition.limit(cancelConditions.count, 20, "/cancel_conditions")
        try SLAPolicyDefinition.limit(pauses.count, 100, "/pauses")
        try SLAPolicyDefinition.limit(warnings.count, 10, "/warnings")
        try checkTargets()
        for (index, warning) in warnings.enumerated() {
            guard warning.isValid else { throw SLAPolicyError("/warnings/\(index)", "a percentage is 1 to 99, and remaining seconds are at least 1") }
            guard !warnings[..<index].contains(warning) else { throw SLAPolicyError("/warnings/\(index)", "the warning is listed twice") }
        }
        for (index, pause) in pauses.enumerated() {
            guard (pause.category == nil) != (pause.state == nil) else {
                throw SLAPolicyError("/pauses/\(index)", "a pause names either a category or a state")
            }
        }
        try SLAPolicyDefinition.check(conditions, "/conditions")
        for (index, condition) in cancelConditions.enumerated() {
            try SLAPolicyDefinition.check(condition, "/cancel_conditions/\(index)")
        }
        try checkMoney()
    }

    private func checkTargets() throws(SLAPolicyError) {
        guard !targets.isEmpty else { throw SLAPolicyError("/targets", "a policy promises something") }
        for (index, target) in targets.enumerated() {
            let pointer = "/targets/\(index)"
            guard (1...SLAPolicyDefinition.maximumTargetSeconds).contains(target.seconds) else {
                throw SLAPolicyError("\(pointer)/seconds", "a target is between 1 second and 10 years")
            }
            guard target.stage == nil || target.metric == .stage else { throw SLAPolicyError("\(pointer)/stage", "only the metric stage has stages") }
            let isDouble = targets[..<index].contains { $0.metric == target.metric && $0.priority == target.priority && $0.stage == target.stage }
            guard !isDouble else { throw SLAPolicyError(pointer, "there are two targets for the same metric, priority and stage") }
        }
    }

    private func checkMoney() throws(SLAPolicyError) {
        for (index, band) in penalties.enumerated() {
            let isCurrency = band.currency.utf8.count == 3 && band.currency.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
            guard isCurrency else { throw SLAPolicyError("/penalties/\(index)/currency", "a currency has three capital letters (ISO 4217)") }
            guard band.amount >= 0, (0...SLAPolicyDefinition.maximumTargetSeconds).contains(band.overSeconds) else {
                throw SLAPolicyError("/penalties/\(index)", "amount and over_seconds are not negative, and over_seconds at most 10 years")
            }
        }
        for (index, measure) in measures.enumerated() where !(1...10_000).contains(measure.targetBasisPoints) {
            throw SLAPolicyError("/measures/\(index)/target_basis_points", "a share is 1 to 10000 basis points")
        }
    }

    private static func check(_ condition: TicketCondition, _ pointer: String) throws(SLAPolicyError) {
        try limit(condition.count, 100, pointer)
        if let excess = condition.firstExcess(at: pointer) { throw SLAPolicyError(excess.pointer, excess.reason) }
        guard condition.isWellTyped else { throw SLAPolicyError(pointer, "an operation has a value of the wrong type, or a field has no name") }
    }

    private static func limit(_ count: Int, _ most: Int, _ pointer: String) throws(SLAPolicyError) {
        guard count <= most else { throw SLAPolicyError(pointer, "more than \(most)") }
    }
}
