import Domain

/// One policy as it was tried on a ticket (features.md A5.10).
struct PolicyTrialResource: ResponseObject {
    let trial: SLAPolicyTrial

    static let schema = JSONSchema.object(
        "PolicyTrial",
        [
            JSONProperty("policy_id", .id, "The policy."),
            JSONProperty("policy_version", .integer(), "Its version."),
            JSONProperty("name", .string, "Its name."),
            JSONProperty("position", .integer(), "Its place in the order."),
            JSONProperty("matches", .boolean, "Whether the ticket meets its conditions."),
            JSONProperty("failed_at", .string.nullable, "A JSON Pointer to the first condition that the ticket does not meet."),
            JSONProperty("failed_condition", ConditionFields.schema.nullable, "That condition."),
            JSONProperty("actual", JSONSchema.anything.nullable, "What the ticket has there; null: nothing."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("policy_id", trial.policy.id)
            writer.field("policy_version", trial.policy.version)
            writer.field("name", trial.name)
            writer.field("position", trial.position)
            writer.field("matches", trial.failure == nil)
            writer.field("failed_at", trial.failure?.pointer)
            writer.field("failed_condition", document: trial.failure?.condition)
            writer.field("actual", document: trial.failure?.actual)
        }
    }
}
