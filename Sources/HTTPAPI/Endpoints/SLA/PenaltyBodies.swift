import Domain

/// `/v1/sla/penalties/{penalty_id}`
struct PenaltyPath: PathParameters {
    static let field = PathField("penalty_id", .id(Entity.SLAPenalty.self), "The penalty's id.")
    static let parameters = [field.parameter]
    let id: SLAPenaltyID

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(Self.field)
    }
}

/// `/v1/sla/penalties/{penalty_id}/waivers/{waiver_id}`
struct WaiverPath: PathParameters {
    static let field = PathField("waiver_id", .id(Entity.SLAWaiver.self), "The request's id.")
    static let parameters = [PenaltyPath.field.parameter, field.parameter]
    let penalty: SLAPenaltyID
    let id: SLAWaiverID

    init(from reader: PathReader) throws(Problem) {
        penalty = try reader.value(PenaltyPath.field)
        id = try reader.value(Self.field)
    }
}

/// `{"month": "2026-10"}`
struct ComputePenalties: RequestObject {
    static let month = RequestField(
        "month",
        JSONType<String>.text(7...7).map("Must be a month of the form YYYY-MM.", code: .invalidFormat) { CivilMonth($0) },
        "The month in which targets were missed."
    )
    static let zone = RequestField("tz", .text(1...64), "The IANA zone by whose midnights months begin; UTC unless given.")
    static let schema = JSONSchema.object("ComputePenalties", [month.required, zone.optional], isClosed: true)

    let month: CivilMonth
    let zone: String

    init?(from reader: inout ObjectReader) {
        let month = reader.required(Self.month)
        zone = reader.optional(Self.zone) ?? "UTC"
        guard let month else { return nil }
        self.month = month
    }
}

/// `{"reason": "Maintenance was announced", "agent_id": …}`
struct RequestWaiver: RequestObject {
    static let reason = RequestField("reason", .text(1...SLAWaiver.maximumText), "Why.")
    static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who asks; the key's agent unless given.")
    static let schema = JSONSchema.object("RequestWaiver", [reason.required, agent.optional], isClosed: true)

    let reason: String
    let agent: AgentID?

    init?(from reader: inout ObjectReader) {
        let reason = reader.required(Self.reason)
        agent = reader.optional(Self.agent)
        guard let reason else { return nil }
        self.reason = reason
    }
}

/// `{"note": "Agreed with the customer", "agent_id": …}`
struct DecideWaiver: RequestObject {
    static let note = RequestField("note", .text(1...SLAWaiver.maximumText), "A remark on the decision.")
    static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who decides; the key's agent unless given.")
    static let schema = JSONSchema.object("DecideWaiver", [note.optional, agent.optional], isClosed: true)

    let note: String?
    let agent: AgentID?

    init?(from reader: inout ObjectReader) {
        note = reader.optional(Self.note)
        agent = reader.optional(Self.agent)
    }
}
