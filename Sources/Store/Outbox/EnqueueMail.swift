public import Domain
public import Postgres

/// Puts mails into the outbox. An id that is there already is left as it is, so that a repeated command sends once.
public struct EnqueueMail: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at)
        SELECT $1, m.id, 'mail', m.payload, $4, $4 FROM unnest($2::uuid[], $3::jsonb[]) AS m (id, payload)
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    let tenant: TenantID
    let mails: [(id: OutboxMessageID, payload: MailPayload)]
    let time: Timestamp

    public init(tenant: TenantID, mails: [(id: OutboxMessageID, payload: MailPayload)], time: Timestamp) {
        self.tenant = tenant
        self.mails = mails
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(mails.map(\.id))
        binder.append(mails.map { DocumentCoding.encode($0.payload) })
        binder.append(time)
    }
}
