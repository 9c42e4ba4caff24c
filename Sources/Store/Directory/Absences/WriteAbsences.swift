public import Domain
public import Postgres

/// Locks an agent for whoever changes his absences until the transaction ends; no row where there is none.
public struct LockAgentAbsences: Statement {
    public typealias Row = AgentID
    public static let sql = "SELECT id FROM docket.agent WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentID {
        try row.decode(AgentID.self, at: 0)
    }
}

/// Records an absence.
public struct InsertAbsence: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.agent_absence (tenant_id, id, agent_id, kind, reason, tickets, starts_at, ends_at, created_by_kind, created_by_id, created_at, next_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """
    let tenant: TenantID
    let absence: AbsenceRecord

    public init(tenant: TenantID, absence: AbsenceRecord) {
        self.tenant = tenant
        self.absence = absence
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(absence.id)
        binder.append(absence.agentID)
        binder.append(absence.kind.rawValue)
        binder.append(absence.reason)
        binder.append(absence.tickets.rawValue)
        binder.append(absence.interval.start)
        binder.append(absence.interval.end)
        binder.append(absence.createdBy.kind.rawValue)
        binder.append(absence.createdBy.id)
        binder.append(absence.createdAt)
        binder.append(absence.nextAt)
    }
}

/// Ends an absence before its time.
public struct CancelAbsence: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.agent_absence SET cancelled_at = $4, next_at = NULL WHERE tenant_id = $1 AND agent_id = $2 AND id = $3
        """
    let tenant: TenantID
    let absence: AbsenceRecord
    let time: Timestamp

    public init(tenant: TenantID, absence: AbsenceRecord, time: Timestamp) {
        self.tenant = tenant
        self.absence = absence
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(absence.agentID)
        binder.append(absence.id)
        binder.append(time)
    }
}

/// Notes that what an absence asked for was done, unless somebody was faster. Affects one row or none.
public struct AdvanceAbsence: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.agent_absence SET next_at = $5 WHERE tenant_id = $1 AND agent_id = $2 AND id = $3 AND next_at = $4
        """
    let tenant: TenantID
    let absence: AbsenceRecord
    let next: Timestamp?

    /// - Parameter next: when something must be done the next time; nil where the absence is over.
    public init(tenant: TenantID, absence: AbsenceRecord, next: Timestamp?) {
        self.tenant = tenant
        self.absence = absence
        self.next = next
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(absence.agentID)
        binder.append(absence.id)
        binder.append(absence.nextAt)
        binder.append(next)
    }
}

/// Stores when an agent is absent next, or now: what routing reads.
public struct SetAbsentStretch: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.agent SET absent_from = $3, absent_until = $4
        WHERE tenant_id = $1 AND id = $2 AND (absent_from, absent_until) IS DISTINCT FROM ($3::timestamptz, $4::timestamptz)
        """
    let tenant: TenantID
    let agent: AgentID
    let stretch: AbsenceRecord.Interval?

    public init(tenant: TenantID, agent: AgentID, stretch: AbsenceRecord.Interval?) {
        self.tenant = tenant
        self.agent = agent
        self.stretch = stretch
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(stretch?.start)
        binder.append(stretch?.end)
    }
}
