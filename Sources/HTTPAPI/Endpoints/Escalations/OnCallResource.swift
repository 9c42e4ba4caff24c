import Domain
public import UseCases

/// As of when, and by which chain.
struct OnCallQuery: QueryParameters {
    static let time = QueryField("at", ParameterType<Timestamp>.timestamp, "As of when, RFC 3339; now unless given.")
    static let chain = QueryField(
        "chain_id",
        .id(Entity.EscalationChain.self),
        "Only this chain, and the rotas and groups that it names."
    )
    static let parameters = [time.parameter, chain.parameter]

    let time: Timestamp?
    let chain: EscalationChainID?

    init?(from reader: inout QueryReader) {
        time = reader.value(Self.time)
        chain = reader.value(Self.chain)
    }
}

/// Who would be called, and why.
struct OnCallResource: ResponseObject {
    let report: OnCallReport

    private static let person = JSONSchema.object("OnCallPerson", [JSONProperty("id", .id, "Who."), JSONProperty("name", .string, "The name.")])
    private static let rota = JSONSchema.object(
        "OnCallRotaNow",
        [
            JSONProperty("id", .id, "The rota."),
            JSONProperty("name", .string, "Its name."),
            JSONProperty("agent", person.nullable, "Who is on call; null: nobody."),
            JSONProperty("override", .boolean, "Whether somebody stands in."),
            JSONProperty("until", .timestamp.nullable, "The next handover."),
            JSONProperty("reason", .string, "The same in a sentence."),
        ]
    )
    private static let group = JSONSchema.object(
        "OnCallGroup",
        [
            JSONProperty("id", .id, "The group."),
            JSONProperty("name", .string, "Its name."),
            JSONProperty("agent", person.nullable, "Its head; null: nobody."),
            JSONProperty("reason", .string, "The same in a sentence."),
        ]
    )
    private static let maximumCount = Int64(EscalationLevel.maximumMembers)
    private static let target = JSONSchema.object(
        "OnCallTarget",
        [
            JSONProperty("target", ChainFields.targetSchema, "As the chain names it."),
            JSONProperty("agents", .array(of: person), "Whom it calls: of a group the first 20, by their ids."),
            JSONProperty("agent_count", .integer(in: 0...maximumCount), "How many agents it calls; of a group no more."),
            JSONProperty("depends_on_ticket", .boolean, "Whether that is known only when a ticket escalates."),
            JSONProperty("reason", .string, "Why they, or why nobody."),
        ]
    )
    private static let level = JSONSchema.object(
        "OnCallLevel",
        [
            JSONProperty("skipped", .boolean, "Whether nobody is behind it, whatever the ticket."),
            JSONProperty("targets", .array(of: target), "In their order."),
        ]
    )
    private static let chain = JSONSchema.object(
        "OnCallChain",
        [
            JSONProperty("id", .id, "The chain."),
            JSONProperty("name", .string, "Its name."),
            JSONProperty("levels", .array(of: level), "From the first to the last."),
        ]
    )
    private static let omitted = JSONSchema.object(
        "OnCallOmitted",
        [
            JSONProperty("rotas", .integer(in: 0...Int64.max), "Rotas."),
            JSONProperty("groups", .integer(in: 0...Int64.max), "Groups: their heads are told by `listGroups`."),
            JSONProperty("chains", .integer(in: 0...Int64.max), "Chains: ask for each by `chain_id`."),
        ]
    )
    static let schema = JSONSchema.object(
        "OnCall",
        [
            JSONProperty("at", .timestamp, "As of when."),
            JSONProperty("rotas", .array(of: rota), "By name, at most 1,000."),
            JSONProperty("groups", .array(of: group), "By name, at most 1,000."),
            JSONProperty("chains", .array(of: chain), "By name, each whole, until they have 1,000 targets."),
            JSONProperty("omitted", omitted, "How many there are beside those."),
            JSONProperty("fallback_email", .string.nullable, "Whom a chain tells that finds nobody in a whole round."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("at", report.at)
            writer.field("rotas", report.rotas)
            writer.field("groups", report.groups)
            writer.field("chains", report.chains)
            writer.field("omitted", report.omitted)
            writer.field("fallback_email", report.fallback)
        }
    }
}

extension OnCallReport {
    /// The answer of `getOnCall`, for programs that ask the database and not the API.
    public var json: String {
        var writer = JSONWriter()
        OnCallResource(report: self).write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension OnCallReport.Person: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.field("name", name)
        }
    }
}

extension OnCallReport.Rota: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.field("name", name)
            writer.field("agent", person)
            writer.field("override", isOverride)
            writer.field("until", until)
            writer.field("reason", reason)
        }
    }
}

extension OnCallReport.Group: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.field("name", name)
            writer.field("agent", head)
            writer.field("reason", reason)
        }
    }
}

extension OnCallReport.Target: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("target", document: target)
            writer.field("agents", people)
            writer.field("agent_count", peopleCount)
            writer.field("depends_on_ticket", dependsOnTicket)
            writer.field("reason", reason)
        }
    }
}

extension OnCallReport.Omitted: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("rotas", rotas)
            writer.field("groups", groups)
            writer.field("chains", chains)
        }
    }
}

extension OnCallReport.Level: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("skipped", isSkipped)
            writer.field("targets", targets)
        }
    }
}

extension OnCallReport.Chain: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.field("name", name)
            writer.field("levels", levels)
        }
    }
}
