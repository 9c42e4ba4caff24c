import Domain

/// Conditions over tickets, as policies and queues have them.
enum ConditionFields {
    static let schema = JSONSchema(
        .anything,
        description: #"{"all": […]}, {"any": […]}, {"not": …} or {"field": …, "op": equals|one_of|contains|at_least|at_most|is_set, "value": …}."#
    )

    static let condition = JSONType<TicketCondition>.document(
        schema,
        names: ["all", "any", "not", "field", "op", "value"],
        inner: ["all", "any", "not"]
    )
}
