import Domain

/// Parameters that reports and statements share.
enum ZoneQuery {
    static let zone = QueryField("tz", .text(1...64), "The IANA zone by whose midnights days and months begin; UTC unless given.")
    static let format = QueryField("format", ParameterType<AnswerFormat>.code, "`csv` as `Accept: text/csv`; `json` unless given.")
    static let month = QueryField(
        "month",
        ParameterType<CivilMonth>(.string(StringShape(minimumLength: 7, maximumLength: 7)), "a month of the form YYYY-MM") { CivilMonth($0) },
        "The month in which targets were missed."
    )
    static let contract = QueryField("contract_id", .id(Entity.Contract.self), "Only what falls under this contract.")
    static let policy = QueryField("policy_id", .id(Entity.SLAPolicy.self), "Only what was missed under this policy.")
}

enum AnswerFormat: String, CaseIterable, Sendable {
    case json, csv
}

/// A month of missed targets.
struct PenaltyStatementQuery: QueryParameters {
    static let parameters = [
        ZoneQuery.month.requiredParameter, ZoneQuery.zone.parameter, ZoneQuery.policy.parameter,
        ZoneQuery.contract.parameter, ZoneQuery.format.parameter,
    ]

    let month: CivilMonth
    let zone: String
    let policy: SLAPolicyID?
    let contract: ContractID?
    let format: AnswerFormat?

    init?(from reader: inout QueryReader) {
        let month = reader.required(ZoneQuery.month)
        zone = reader.value(ZoneQuery.zone) ?? "UTC"
        policy = reader.value(ZoneQuery.policy)
        contract = reader.value(ZoneQuery.contract)
        format = reader.value(ZoneQuery.format)
        guard let month else { return nil }
        self.month = month
    }
}

/// A page of a month of missed targets.
struct PenaltyListQuery: QueryParameters {
    static let parameters =
        [ZoneQuery.month.requiredParameter, ZoneQuery.zone.parameter, ZoneQuery.policy.parameter, ZoneQuery.contract.parameter]
        + PageRequest.parameters

    let month: CivilMonth
    let zone: String
    let policy: SLAPolicyID?
    let contract: ContractID?
    let page: PageRequest

    init?(from reader: inout QueryReader) {
        let month = reader.required(ZoneQuery.month)
        zone = reader.value(ZoneQuery.zone) ?? "UTC"
        policy = reader.value(ZoneQuery.policy)
        contract = reader.value(ZoneQuery.contract)
        page = reader.page()
        guard let month else { return nil }
        self.month = month
    }
}
