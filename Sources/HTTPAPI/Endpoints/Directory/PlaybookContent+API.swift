public import Domain

extension PlaybookContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Playbook",
        plural: "Playbooks",
        phrase: "a contingency plan",
        path: "playbooks",
        parameter: "playbook_id",
        read: .policiesRead,
        write: .policiesWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("trigger", .codes(PlaybookTrigger.self), "What starts it."),
        JSONProperty("metrics", .array(of: .codes(SLAMetric.self)), "The clocks whose breaches start it, with the trigger breached; none means all."),
        JSONProperty("ticket_types", .array(of: .string), "The types of tickets that it is for; none means all."),
        JSONProperty("steps", .array(of: PlaybookStepObject.schema, count: stepRange), "The tasks that a ticket gets, in their order."),
        JSONProperty("active", .boolean, "Whether it is started."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("trigger", trigger.rawValue)
        writer.field("metrics", metrics.map(\.rawValue))
        writer.field("ticket_types", ticketTypes)
        writer.field("steps", steps)
        writer.field("active", isActive)
    }
}

extension PlaybookContent.Step: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("title", title)
            if let instructions { writer.field("instructions", instructions) }
            if let dueAfterSeconds { writer.field("due_after_seconds", dueAfterSeconds) }
            writer.field("required", isRequired)
        }
    }
}

/// `{"title", "instructions", "due_after_seconds", "required"}`
struct PlaybookStepObject: RequestObject {
    static let title = RequestField("title", .text(1...200), "What is to be done.")
    static let instructions = RequestField("instructions", .text(PlaybookContent.instructionsRange, lines: true), "How.")
    static let due = RequestField(
        "due_after_seconds",
        .integer(PlaybookContent.dueRange),
        "By when, in seconds of plain time after the plan was started."
    )
    static let required = RequestField("required", .boolean, "Whether a ticket is not solved before the task is done or skipped; else false.")
    static let schema = JSONSchema.object(
        "PlaybookStep",
        [title.required, instructions.optional, due.optional, required.optional],
        isClosed: true
    )

    let step: PlaybookContent.Step

    init?(from reader: inout ObjectReader) {
        let title = reader.required(Self.title)
        let instructions = reader.optional(Self.instructions)
        let due = reader.optional(Self.due)
        let isRequired = reader.optional(Self.required) ?? false
        guard let title else { return nil }
        step = PlaybookContent.Step(title: title, instructions: instructions, dueAfterSeconds: due, isRequired: isRequired)
    }
}

enum PlaybookFields {
    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let trigger = RequestField("trigger", JSONType<PlaybookTrigger>.code, "What starts it.")
    static let metrics = RequestField(
        "metrics",
        .array(of: JSONType<SLAMetric>.code, 0...SLAMetric.allCases.count),
        "The clocks whose breaches start it, with the trigger breached; none means all."
    )
    static let types = RequestField(
        "ticket_types",
        .array(of: .text(1...64), 0...PlaybookContent.maximumTypes),
        "The types of tickets that it is for; none means all."
    )
    static let steps = RequestField(
        "steps",
        .array(of: JSONType<PlaybookStepObject>.object, PlaybookContent.stepRange),
        "The tasks that a ticket gets, in their order."
    )
    static let active = RequestField("active", .boolean, "Whether it is started.")
    static let properties = [name.required, trigger.required, metrics.optional, types.optional, steps.required, active.optional]

    static func read(from reader: inout ObjectReader) -> PlaybookContent? {
        let name = reader.required(Self.name)
        let trigger = reader.required(Self.trigger)
        let metrics = reader.optional(Self.metrics) ?? []
        let types = reader.optional(Self.types) ?? []
        let steps = reader.required(Self.steps)
        let isActive = reader.optional(active) ?? true
        guard let name, let trigger, let steps else { return nil }
        return PlaybookContent(
            name: name,
            trigger: trigger,
            metrics: metrics,
            ticketTypes: types,
            steps: steps.map(\.step),
            isActive: isActive
        )
    }
}

struct CreatePlaybook: NewContent {
    static let schema = JSONSchema.object("CreatePlaybook", PlaybookFields.properties, isClosed: true)

    let content: PlaybookContent

    init?(from reader: inout ObjectReader) {
        guard let content = PlaybookFields.read(from: &reader) else { return nil }
        self.content = content
    }
}

struct ReplacePlaybook: ContentChange {
    static let schema = JSONSchema.object("ReplacePlaybook", PlaybookFields.properties, isClosed: true)

    private let content: PlaybookContent

    init?(from reader: inout ObjectReader) {
        guard let content = PlaybookFields.read(from: &reader) else { return nil }
        self.content = content
    }

    func applied(to before: PlaybookContent) -> PlaybookContent { content }
}
