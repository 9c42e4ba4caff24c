import Domain

extension SLAPolicyContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "SLAPolicy",
        plural: "SLAPolicies",
        phrase: "an SLA policy",
        path: "sla-policies",
        parameter: "sla_policy_id",
        read: .policiesRead,
        write: .policiesWrite
    )

    static let isKeptWhenDeleted = true
    static let properties =
        [
            JSONProperty("position", .integer(), "Policies are tried in the order of their positions."),
            JSONProperty("active", .boolean, "Whether tickets come under it."),
        ] + definitionProperties

    /// The members that every version has of its own.
    static let definitionProperties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("service_description", .string, "What service is promised."),
        JSONProperty("quality", .string, "In what quality."),
        JSONProperty("targets", .array(of: PolicyFields.targetSchema), "What is promised."),
        JSONProperty("penalties", .array(of: PolicyFields.penaltySchema), "What a breach costs."),
        JSONProperty("measures", .array(of: PolicyFields.measureSchema), "What share must be met."),
        JSONProperty("cancel_conditions", .array(of: ConditionFields.schema), "Who meets one is covered no longer."),
        JSONProperty("conditions", ConditionFields.schema, "Which tickets it is for."),
        JSONProperty("calendar_id", .id.nullable, "The calendar of business targets."),
        JSONProperty("pauses", .array(of: PolicyFields.storedPauseSchema), "States in which a clock stops."),
        JSONProperty("warnings", .array(of: PolicyFields.warningSchema), "When to warn."),
        JSONProperty("chain_id", .id.nullable, "The escalation chain that a warning or breach starts."),
        JSONProperty("options", PolicyFields.optionsSchema, "Choices."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("position", position)
        writer.field("active", isActive)
        definition.writeFields(to: &writer)
    }
}

extension SLAPolicyDefinition {
    /// Writes the members of a definition into an open object.
    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("service_description", serviceDescription)
        writer.field("quality", quality)
        writer.field("targets", document: targets)
        writer.field("penalties", document: penalties)
        writer.field("measures", document: measures)
        writer.field("cancel_conditions", document: cancelConditions)
        writer.field("conditions", document: conditions)
        writer.field("calendar_id", calendar)
        writer.field("pauses", document: pauses)
        writer.field("warnings", document: warnings)
        writer.field("chain_id", chain)
        writer.field("options", document: options)
    }
}

/// The members of a policy's request.
private enum PolicyRequest {
    static let properties = [
        PolicyFields.name.required, PolicyFields.position.required, PolicyFields.active.optional, PolicyFields.service.optional,
        PolicyFields.quality.optional, PolicyFields.targets.required, PolicyFields.penalties.optional, PolicyFields.measures.optional,
        PolicyFields.cancelConditions.optional, PolicyFields.conditions.optional, PolicyFields.calendar.optional, PolicyFields.pauses.optional,
        PolicyFields.warnings.optional, PolicyFields.chain.optional, PolicyFields.options.optional,
    ]

    static func read(from reader: inout ObjectReader) -> SLAPolicyContent? {
        let name = reader.required(PolicyFields.name)
        let position = reader.required(PolicyFields.position)
        let isActive = reader.optional(PolicyFields.active) ?? true
        var definition = SLAPolicyDefinition(name: name ?? "", targets: reader.required(PolicyFields.targets) ?? [])
        definition.serviceDescription = reader.optional(PolicyFields.service) ?? ""
        definition.quality = reader.optional(PolicyFields.quality) ?? ""
        definition.penalties = reader.optional(PolicyFields.penalties) ?? []
        definition.measures = reader.optional(PolicyFields.measures) ?? []
        definition.cancelConditions = reader.optional(PolicyFields.cancelConditions) ?? []
        definition.conditions = reader.optional(PolicyFields.conditions) ?? definition.conditions
        definition.calendar = reader.optional(PolicyFields.calendar) ?? nil
        definition.pauses = reader.optional(PolicyFields.pauses) ?? []
        definition.warnings = reader.optional(PolicyFields.warnings) ?? []
        definition.chain = reader.optional(PolicyFields.chain) ?? nil
        definition.options = reader.optional(PolicyFields.options) ?? SLAOptions()
        guard name != nil, let position, reader.isValid else { return nil }
        return SLAPolicyContent(position: position, isActive: isActive, definition: definition)
    }
}

struct CreatePolicy: NewContent {
    static let schema = JSONSchema.object("CreateSLAPolicy", PolicyRequest.properties, isClosed: true)

    let content: SLAPolicyContent

    init?(from reader: inout ObjectReader) {
        guard let content = PolicyRequest.read(from: &reader) else { return nil }
        self.content = content
    }
}

struct ReplacePolicy: ContentChange {
    static let schema = JSONSchema.object("ReplaceSLAPolicy", PolicyRequest.properties, isClosed: true)

    private let content: SLAPolicyContent

    init?(from reader: inout ObjectReader) {
        guard let content = PolicyRequest.read(from: &reader) else { return nil }
        self.content = content
    }

    func applied(to before: SLAPolicyContent) -> SLAPolicyContent { content }
}
