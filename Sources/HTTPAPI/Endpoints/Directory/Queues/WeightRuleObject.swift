public import Domain

/// What tickets of a kind weigh that come into a queue.
struct WeightRuleObject: RequestObject {
    static let conditions = RequestField(
        "conditions",
        .array(of: ConditionFields.condition, 0...IntakeRule.maximumConditions),
        "All must hold; none holds for every ticket."
    )
    static let weight = RequestField("weight", .integer(WeightRule.weightRange), "Units of an agent's capacity.")
    static let schema = JSONSchema.object("WeightRule", [conditions.optional, weight.required], isClosed: true)

    let rule: WeightRule

    init?(from reader: inout ObjectReader) {
        let conditions = reader.optional(Self.conditions) ?? []
        guard let weight = reader.required(Self.weight) else { return nil }
        rule = WeightRule(conditions: conditions, weight: weight)
    }
}

extension WeightRule: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("conditions", document: conditions)
            writer.field("weight", weight)
        }
    }
}
