public import Domain
public import Postgres

/// Records that a colleague is asked.
public struct InsertConsultation: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.consultation (tenant_id, ticket_id, id, asked_by_kind, asked_by_id, agent_id, question, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
    let tenant: TenantID
    let consultation: Consultation

    public init(tenant: TenantID, consultation: Consultation) {
        self.tenant = tenant
        self.consultation = consultation
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(consultation.ticketID)
        binder.append(consultation.id)
        binder.append(consultation.askedBy.kind.rawValue)
        binder.append(consultation.askedBy.id)
        binder.append(consultation.agentID)
        binder.append(consultation.question)
        binder.append(consultation.askedAt)
    }
}
