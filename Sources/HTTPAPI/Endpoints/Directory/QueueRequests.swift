import Domain

enum QueueFields {
    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let mode = RequestField("mode", JSONType<RoutingMode>.code, "How eligible agents are ranked; balanced unless told.")
    static let boost = RequestField("boost_minutes", .integer(QueueContent.boostRange), "By how much every ticket of the queue is moved ahead.")
    static let strict = RequestField("strict", .boolean, "Every P1 before every P2, and so on.")
    static let isDefault = RequestField("default", .boolean, "Where tickets go that match no queue; takes that place from another.")
    static let active = RequestField("active", .boolean, "Whether tickets may go there.")
    static let calendar = RequestField("calendar_id", .id(Entity.Calendar.self), "Whose hours business targets use.")
    static let position = RequestField("position", .integer(QueueIntake.positionRange), "Queues are tried in the order of their positions.")
    static let match = RequestField(
        "match",
        .array(of: ConditionFields.condition, 0...IntakeRule.maximumConditions),
        "All must hold for a ticket that names no queue; none takes no such ticket."
    )
    static let rules = RequestField(
        "rules",
        .array(of: JSONType<IntakeRuleObject>.object, 0...IntakeRule.maximumCount),
        "The first that a new ticket meets is applied to it."
    )
    static let steps = RequestField(
        "steps",
        .array(of: JSONType<RelaxationStepObject>.object, 0...QueueContent.maximumSteps),
        "What is given up on with a ticket's age."
    )
}

struct CreateQueue: NewContent {
    static let schema = JSONSchema.object(
        "CreateQueue",
        [
            QueueFields.name.required, QueueFields.mode.optional, QueueFields.boost.optional, QueueFields.strict.optional,
            QueueFields.isDefault.optional, QueueFields.active.optional, QueueFields.calendar.optional, QueueFields.position.optional,
            QueueFields.match.optional, QueueFields.rules.optional, QueueFields.steps.optional,
        ],
        isClosed: true
    )

    let content: QueueContent

    init?(from reader: inout ObjectReader) {
        let name = reader.required(QueueFields.name)
        var content = QueueContent(name: name ?? "")
        content.mode = reader.optional(QueueFields.mode) ?? content.mode
        content.boostMinutes = reader.optional(QueueFields.boost) ?? content.boostMinutes
        content.isStrict = reader.optional(QueueFields.strict) ?? content.isStrict
        content.isDefault = reader.optional(QueueFields.isDefault) ?? content.isDefault
        content.isActive = reader.optional(QueueFields.active) ?? content.isActive
        content.calendarID = reader.optional(QueueFields.calendar)
        content.intake.position = reader.optional(QueueFields.position) ?? content.intake.position
        content.intake.match = reader.optional(QueueFields.match) ?? []
        content.intake.rules = reader.optional(QueueFields.rules)?.map(\.rule) ?? []
        content.steps = reader.optional(QueueFields.steps)?.map(\.step) ?? []
        guard name != nil else { return nil }
        self.content = content
    }
}

struct PatchQueue: ContentChange {
    static let schema = JSONSchema.object(
        "PatchQueue",
        [
            QueueFields.name.optional, QueueFields.mode.optional, QueueFields.boost.optional, QueueFields.strict.optional,
            QueueFields.isDefault.optional, QueueFields.active.optional, QueueFields.calendar.clearable, QueueFields.position.optional,
            QueueFields.match.optional, QueueFields.rules.optional, QueueFields.steps.optional,
        ],
        isClosed: true
    )

    let name: String?
    let mode: RoutingMode?
    let boost: Int?
    let isStrict: Bool?
    let isDefault: Bool?
    let isActive: Bool?
    let calendar: Patch<CalendarID>
    let position: Int?
    let match: [TicketCondition]?
    let rules: [IntakeRuleObject]?
    let steps: [RelaxationStepObject]?

    init?(from reader: inout ObjectReader) {
        name = reader.optional(QueueFields.name)
        mode = reader.optional(QueueFields.mode)
        boost = reader.optional(QueueFields.boost)
        isStrict = reader.optional(QueueFields.strict)
        isDefault = reader.optional(QueueFields.isDefault)
        isActive = reader.optional(QueueFields.active)
        calendar = reader.patch(QueueFields.calendar)
        position = reader.optional(QueueFields.position)
        match = reader.optional(QueueFields.match)
        rules = reader.optional(QueueFields.rules)
        steps = reader.optional(QueueFields.steps)
    }

    func applied(to before: QueueContent) -> QueueContent {
        var content = before
        content.name = name ?? before.name
        content.mode = mode ?? before.mode
        content.boostMinutes = boost ?? before.boostMinutes
        content.isStrict = isStrict ?? before.isStrict
        content.isDefault = isDefault ?? before.isDefault
        content.isActive = isActive ?? before.isActive
        content.calendarID = calendar.applied(to: before.calendarID)
        content.intake.position = position ?? before.intake.position
        content.intake.match = match ?? before.intake.match
        content.intake.rules = rules?.map(\.rule) ?? before.intake.rules
        content.steps = steps?.map(\.step) ?? before.steps
        return content
    }
}
