import Domain

extension EscalationChainContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "EscalationChain",
        plural: "EscalationChains",
        phrase: "an escalation chain",
        path: "escalation-chains",
        parameter: "escalation_chain_id",
        read: .policiesRead,
        write: .policiesWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("levels", .array(of: ChainFields.levelSchema), "From the first to the last."),
        JSONProperty("repeats", .integer(), "How often the levels are gone through again."),
        JSONProperty("ack_ttl", .integer().nullable, "Seconds after which an acknowledgement lapses; null: it holds."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("levels", document: levels)
        writer.field("repeats", repeats)
        writer.field("ack_ttl", acknowledgementTTL)
    }
}

enum ChainFields {
    static let targetSchema = JSONSchema.object(
        "EscalationTarget",
        [
            JSONProperty("type", .string(StringShape(values: targetTypes)), "Whom the level calls."),
            JSONProperty("id", .id, isRequired: false, "With agent, group, group_head, rota, webhook."),
            JSONProperty(
                "address",
                .string(StringShape(minimumLength: 3, maximumLength: EscalationChain.maximumAddressBytes)),
                isRequired: false,
                "With email: one @ with something on both sides, no spaces; at most 254 bytes."
            ),
        ],
        isClosed: true
    )
    private static let targetTypes = ["agent", "group_head", "group", "supervisor", "assignee", "manager", "rota", "email", "webhook"]
    /// What a target has beside its type.
    private static let memberNames: [String: Set<String>] = [
        "agent": ["id"], "group_head": ["id"], "group": ["id"], "rota": ["id"], "webhook": ["id"], "email": ["address"],
        "supervisor": [], "assignee": [], "manager": [],
    ]
    private static let flowShape = StringShape(
        minimumLength: EscalationLevel.flowLength.lowerBound,
        maximumLength: EscalationLevel.flowLength.upperBound
    )
    static let levelSchema = JSONSchema.object(
        "EscalationLevel",
        [
            JSONProperty("targets", .array(of: targetSchema, count: 1...EscalationLevel.maximumTargets), "Whom it calls."),
            JSONProperty("timeout", .integer(in: 1...EscalationChain.maximumTimeout), "Seconds until the next level."),
            JSONProperty("mode", .codes(EscalationLevel.Mode.self), "Plain time, or open time of the timer's calendar."),
            JSONProperty("condition", .codes(EscalationLevel.Condition.self), "While what is so, it fires."),
            JSONProperty(
                "actions",
                .array(of: .codes(EscalationAction.self), count: 1...EscalationAction.allCases.count),
                "What it does, each action once."
            ),
            JSONProperty("flow", .string(flowShape), isRequired: false, "With the action start_flow: which flow is asked for."),
        ],
        isClosed: true
    )
    private static let level = JSONType<EscalationLevel>.document(levelSchema) { value, errors in
        for target in value.member("targets")?.elements ?? [] {
            guard let type = target.member("type")?.string, let names = ChainFields.memberNames[type] else { continue }
            // What no target has the schema refuses already.
            for name in ["id", "address"] where !names.contains(name) {
                guard let member = target.member(name) else { continue }
                errors.add(member, .unknownField, "Is not known here: a target of the type \(type) has none.")
            }
        }
    }

    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let levels = RequestField("levels", .array(of: level, 1...20), "From the first to the last.")
    static let repeats = RequestField("repeats", .integer(0...9), "How often the levels are gone through again.")
    static let ttl = RequestField(
        "ack_ttl",
        JSONType<Int>.integer(1...31_536_000).nullable,
        "Seconds after which an acknowledgement lapses; without it, it holds."
    )
    static let properties = [name.required, levels.required, repeats.optional, ttl.optional]

    static func read(from reader: inout ObjectReader) -> EscalationChainContent? {
        let name = reader.required(Self.name)
        let levels = reader.required(Self.levels)
        let repeats = reader.optional(Self.repeats) ?? 0
        let ttl = reader.optional(Self.ttl) ?? nil
        guard let name, let levels else { return nil }
        return EscalationChainContent(name: name, levels: levels, repeats: repeats, acknowledgementTTL: ttl.map(Int64.init))
    }
}

struct CreateChain: NewContent {
    static let schema = JSONSchema.object("CreateEscalationChain", ChainFields.properties, isClosed: true)

    let content: EscalationChainContent

    init?(from reader: inout ObjectReader) {
        guard let content = ChainFields.read(from: &reader) else { return nil }
        self.content = content
    }
}

struct ReplaceChain: ContentChange {
    static let schema = JSONSchema.object("ReplaceEscalationChain", ChainFields.properties, isClosed: true)

    private let content: EscalationChainContent

    init?(from reader: inout ObjectReader) {
        guard let content = ChainFields.read(from: &reader) else { return nil }
        self.content = content
    }

    func applied(to before: EscalationChainContent) -> EscalationChainContent { content }
}
