import Domain

/// The members of an SLA policy, as `docket sla eval` reads them too.
enum PolicyFields {
    static let targetSchema = JSONSchema.object(
        "SLATarget",
        [
            JSONProperty("metric", .codes(SLAMetric.self), "What is measured."),
            JSONProperty("priority", .integer(in: 1...4), isRequired: false, "Only for this priority, 1 to 4."),
            JSONProperty("stage", .codes(SLAStage.self), isRequired: false, "Only for this stage, with metric stage."),
            JSONProperty("seconds", .integer(in: 1...SLAPolicyDefinition.maximumTargetSeconds), "How long it may take."),
            JSONProperty("mode", .codes(SLATarget.Mode.self), "Open time of the calendar, or plain time."),
        ],
        isClosed: true
    )
    static let penaltySchema = JSONSchema.object(
        "SLAPenalty",
        [
            JSONProperty("metric", .codes(SLAMetric.self), "What is measured."),
            JSONProperty("over_seconds", .integer(in: 0...SLAPolicyDefinition.maximumTargetSeconds), "From which breach on."),
            JSONProperty("amount", .integer(in: 0...Int64.max), "In the smallest unit of the currency."),
            JSONProperty("currency", .string(StringShape(minimumLength: 3, maximumLength: 3, pattern: "^[A-Z]{3}$")), "ISO 4217."),
        ],
        isClosed: true
    )
    static let measureSchema = JSONSchema.object(
        "SLAPerformanceMeasure",
        [
            JSONProperty("metric", .codes(SLAMetric.self), "What is measured."),
            JSONProperty("target_basis_points", .integer(in: 1...10_000), "Hundredths of a percent."),
        ],
        isClosed: true
    )
    static let pauseSchema = pause("SLAPause", state: StringShape(values: Lifecycle.standard.states.map(\.state.rawValue)))
    /// As it is stored: it may name a state of another life cycle.
    static let storedPauseSchema = pause("StoredSLAPause", state: StringShape())

    private static func pause(_ name: String, state: StringShape) -> JSONSchema {
        JSONSchema.object(
            name,
            [
                JSONProperty("metric", .codes(SLAMetric.self), "Which clock stops."),
                JSONProperty("category", .codes(StateCategory.self), isRequired: false, "In any state of this category, or …"),
                JSONProperty("state", .string(state), isRequired: false, "… in this state of the life cycle."),
            ],
            isClosed: true
        )
    }

    static let warningSchema = JSONSchema.object(
        "SLAWarning",
        [
            JSONProperty("percent", .integer(in: 1...99), isRequired: false, "At this share of the target, or …"),
            JSONProperty(
                "remaining",
                .integer(in: 1...SLAPolicyDefinition.maximumTargetSeconds),
                isRequired: false,
                "… when so many seconds are left."
            ),
        ],
        isClosed: true
    )
    static let optionsSchema = JSONSchema.object(
        "SLAOptions",
        [
            JSONProperty("note_is_first_response", .boolean, isRequired: false, "An internal note is a first response."),
            JSONProperty("bot_reply_counts", .boolean, isRequired: false, "A bot's reply counts as an agent's."),
            JSONProperty("note_is_update", .boolean, isRequired: false, "An internal note restarts periodic_update."),
            JSONProperty("first_response_pauses_in_pending", .boolean, isRequired: false, "While it waits for the customer."),
            JSONProperty("periodic_update_pauses_in_pending", .boolean, isRequired: false, "While it waits for the customer."),
            JSONProperty("reopen", .codes(SLAOptions.Reopen.self), isRequired: false, "What reopening means to cumulative clocks."),
            JSONProperty("retarget", .codes(SLAOptions.Retarget.self), isRequired: false, "What a new target means to time consumed."),
        ],
        isClosed: true
    )

    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let position = RequestField("position", .integer(SLAPolicyContent.positionRange), "Policies are tried in the order of their positions.")
    static let active = RequestField("active", .boolean, "Whether tickets come under it.")
    static let service = RequestField("service_description", .text(0...10_000, lines: true), "What service is promised.")
    static let quality = RequestField("quality", .text(0...10_000, lines: true), "In what quality.")
    static let targets = RequestField("targets", .array(of: part(SLATarget.self, targetSchema), 1...200), "What is promised.")
    static let penalties = RequestField("penalties", .array(of: part(SLAPenaltyBand.self, penaltySchema), 0...100), "What a breach costs.")
    static let measures = RequestField("measures", .array(of: part(SLAPerformanceMeasure.self, measureSchema), 0...50), "What share must be met.")
    static let cancelConditions = RequestField(
        "cancel_conditions",
        .array(of: ConditionFields.condition, 0...20),
        "Who meets one is covered no longer."
    )
    static let conditions = RequestField("conditions", ConditionFields.condition, "Which tickets it is for; all unless told.")
    static let calendar = RequestField("calendar_id", JSONType<CalendarID>.id(Entity.Calendar.self).nullable, "The calendar of business targets.")
    static let pauses = RequestField("pauses", .array(of: part(SLAPause.self, pauseSchema), 0...100), "States in which a clock stops.")
    static let warnings = RequestField("warnings", .array(of: part(SLAWarning.self, warningSchema), 0...10), "When to warn.")
    static let chain = RequestField(
        "chain_id",
        JSONType<EscalationChainID>.id(Entity.EscalationChain.self).nullable,
        "The escalation chain that a warning or breach starts."
    )
    static let options = RequestField("options", part(SLAOptions.self, optionsSchema), "Choices.")

    private static func part<Value: Decodable & Sendable>(_ type: Value.Type, _ schema: JSONSchema) -> JSONType<Value> {
        .document(schema)
    }
}
