import Domain
import Postgres

extension DeadDeliveryFilter {
    /// `$1` to `$6`.
    static let conditions = """
        d.tenant_id = $1 AND ($2::uuid IS NULL OR d.endpoint_id = $2) AND ($3::text IS NULL OR d.event_type = $3) \
        AND ($4::timestamptz IS NULL OR d.died_at >= $4) AND ($5::timestamptz IS NULL OR d.died_at < $5) \
        AND (NOT $6 OR d.kind = 'mail')
        """

    func bind(_ tenant: TenantID, into binder: inout Binder) {
        binder.append(tenant)
        binder.append(endpoint)
        binder.append(eventType)
        binder.append(diedFrom)
        binder.append(diedBefore)
        binder.append(isMailOnly)
    }
}
