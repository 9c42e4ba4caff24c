public import Domain
public import Postgres

/// Ends an open consultation: answered by a note, or cancelled without one.
public struct CloseConsultation: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.consultation SET state = CASE WHEN $4::uuid IS NULL THEN 'cancelled' ELSE 'answered' END, answer_id = $4, closed_at = $5
        WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3 AND state = 'open'
        """
    let tenant: TenantID
    let consultation: Consultation
    let answer: MessageID?
    let time: Timestamp

    public init(tenant: TenantID, consultation: Consultation, answer: MessageID?, time: Timestamp) {
        self.tenant = tenant
        self.consultation = consultation
        self.answer = answer
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(consultation.ticketID)
        binder.append(consultation.id)
        binder.append(answer)
        binder.append(time)
    }
}
