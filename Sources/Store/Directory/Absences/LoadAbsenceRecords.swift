public import Domain
public import Postgres

/// One absence of an agent.
public struct LoadAbsenceRecord: Statement {
    public typealias Row = AbsenceRecord
    public static let sql = "SELECT \(AbsenceColumns.list) FROM docket.agent_absence WHERE tenant_id = $1 AND agent_id = $2 AND id = $3"
    let tenant: TenantID
    let agent: AgentID
    let id: AbsenceID

    public init(tenant: TenantID, agent: AgentID, id: AbsenceID) {
        self.tenant = tenant
        self.agent = agent
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AbsenceRecord {
        try AbsenceColumns.decode(row)
    }
}

/// An agent's absences in the order of their ids after `after`, past and cancelled ones too, a page at a time.
public struct ListAbsenceRecords: Statement {
    public typealias Row = AbsenceRecord
    public static let sql = """
        SELECT \(AbsenceColumns.list) FROM docket.agent_absence WHERE tenant_id = $1 AND agent_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """
    let tenant: TenantID
    let agent: AgentID
    let after: AbsenceID?
    let limit: Int

    public init(tenant: TenantID, agent: AgentID, after: AbsenceID?, limit: Int) {
        self.tenant = tenant
        self.agent = agent
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(after ?? AbsenceID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AbsenceRecord {
        try AbsenceColumns.decode(row)
    }
}

/// The absences of an agent that are neither over nor cancelled: those that are over and not looked after yet do not count.
public struct LoadLiveAbsences: Statement {
    public typealias Row = AbsenceRecord
    public static let sql = """
        SELECT \(AbsenceColumns.list) FROM docket.agent_absence
        WHERE tenant_id = $1 AND agent_id = $2 AND next_at IS NOT NULL AND ends_at > (SELECT docket.now())
        ORDER BY starts_at, id LIMIT \(2 * AbsenceRecord.maximumLive)
        """
    let tenant: TenantID
    let agent: AgentID

    public init(tenant: TenantID, agent: AgentID) {
        self.tenant = tenant
        self.agent = agent
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AbsenceRecord {
        try AbsenceColumns.decode(row)
    }
}
