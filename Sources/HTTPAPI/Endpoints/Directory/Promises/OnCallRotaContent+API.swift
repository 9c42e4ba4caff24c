public import Domain

extension OnCallRotaContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "OnCallRota",
        plural: "OnCallRotas",
        phrase: "an on-call rota",
        path: "on-call-rotas",
        parameter: "on_call_rota_id",
        read: .policiesRead,
        write: .policiesWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("tz", .string, "The IANA time zone by whose clocks shifts begin."),
        JSONProperty("starts_on", .string, "The day of the first shift, YYYY-MM-DD."),
        JSONProperty("handover", .string, "When shifts begin, HH:MM."),
        JSONProperty("shift_hours", .integer(), "How long a shift is by the wall clock."),
        JSONProperty("members", .array(of: .id), "In the order of their shifts."),
        JSONProperty("overrides", .array(of: RotaFields.overrideSchema, count: 0...OnCallRota.maximumOverrides), "Who stands in when."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("tz", rota.zone)
        writer.field("starts_on", rota.startsOn.description)
        writer.field("handover", rota.handoverText)
        writer.field("shift_hours", rota.shiftHours)
        writer.field("members", rota.members)
        writer.field("overrides", rota.overrides)
    }
}

extension OnCallRota.Override: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("from", from)
            writer.field("to", to)
            writer.field("agent_id", agent)
        }
    }
}

enum RotaFields {
    static let overrideSchema = RotaOverrideObject.schema

    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let zone = RequestField("tz", .text(1...100), "The IANA time zone by whose clocks shifts begin.")
    static let startsOn = RequestField("starts_on", .text(10...10), "The day of the first shift, YYYY-MM-DD.")
    static let handover = RequestField("handover", .text(5...8), "When shifts begin, HH:MM.")
    static let shift = RequestField("shift_hours", .integer(OnCallRota.shiftRange), "How long a shift is by the wall clock: 24, 168.")
    static let members = RequestField(
        "members",
        .array(of: JSONType<AgentID>.id(Entity.Agent.self), OnCallRota.memberRange),
        "In the order of their shifts."
    )
    static let overrides = RequestField(
        "overrides",
        .array(of: JSONType<RotaOverrideObject>.object, 0...OnCallRota.maximumOverrides),
        "Who stands in when; none may overlap."
    )
    static let properties = [
        name.required, zone.required, startsOn.required, handover.required, shift.required, members.required, overrides.optional,
    ]

    static func read(from reader: inout ObjectReader) -> (content: OnCallRotaContent, sentLists: [SentList])? {
        let name = reader.required(Self.name)
        let zone = reader.required(Self.zone)
        let day = reader.required(startsOn)
        let time = reader.required(Self.handover)
        let shift = reader.required(Self.shift)
        let members = reader.required(Self.members)
        let overrides = reader.optional(Self.overrides) ?? []
        let date = day.flatMap { CivilDate($0) }
        if day != nil, date == nil { reader.refuse(startsOn.name, .invalidFormat, "Must be a date of the form YYYY-MM-DD.") }
        let handover = time.flatMap { OnCallRota.handover($0) }
        if time != nil, handover == nil { reader.refuse(Self.handover.name, .invalidFormat, "Must be a time of day of the form HH:MM.") }
        guard let name, let zone, let date, let handover, let shift, let members else { return nil }
        let content = OnCallRotaContent(
            name: name,
            rota: OnCallRota(
                zone: zone,
                startsOn: date,
                handover: handover,
                shiftHours: shift,
                members: members,
                overrides: overrides.map(\.override)
            )
        )
        let lists = [SentList("/overrides", overrides.map(\.override.agent)), SentList("/overrides", overrides.map(\.override.key))]
        return (content, lists)
    }
}

/// `{"from", "to", "agent_id"}`
struct RotaOverrideObject: RequestObject {
    static let from = RequestField("from", .timestamp, "From when on.")
    static let to = RequestField("to", .timestamp, "To just before when.")
    static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who stands in.")
    static let schema = JSONSchema.object("OnCallOverride", [from.required, to.required, agent.required], isClosed: true)

    let override: OnCallRota.Override

    init?(from reader: inout ObjectReader) {
        let from = reader.required(Self.from)
        let to = reader.required(Self.to)
        let agent = reader.required(Self.agent)
        guard let from, let to, let agent else { return nil }
        override = OnCallRota.Override(from: from, to: to, agent: agent)
    }
}

struct CreateRota: NewContent {
    static let schema = JSONSchema.object("CreateOnCallRota", RotaFields.properties, isClosed: true)

    let content: OnCallRotaContent
    let sentLists: [SentList]

    init?(from reader: inout ObjectReader) {
        guard let read = RotaFields.read(from: &reader) else { return nil }
        (content, sentLists) = read
    }
}

struct ReplaceRota: ContentChange {
    static let schema = JSONSchema.object("ReplaceOnCallRota", RotaFields.properties, isClosed: true)

    private let content: OnCallRotaContent
    let sentLists: [SentList]

    init?(from reader: inout ObjectReader) {
        guard let read = RotaFields.read(from: &reader) else { return nil }
        (content, sentLists) = read
    }

    func applied(to before: OnCallRotaContent) -> OnCallRotaContent { content }
}
