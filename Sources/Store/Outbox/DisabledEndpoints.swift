public import Domain
import Postgres

extension Database {
    /// Receivers that were disabled within some days and for whom something waits that no courier holds, over all tenants that are not suspended; at most 1,000.
    ///
    /// - Throws: ``StoreError``.
    public func disabledReceivers(withinDays days: Int) async throws -> [DeliveryLane] {
        try await runGlobal(DisabledEndpoints(days: days))
    }
}

private struct DisabledEndpoints: Statement {
    static let sql = "SELECT tenant_id, endpoint_id FROM docket.disabled_endpoints(docket.now() - make_interval(days => $1), 1000)"
    let days: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: days))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> DeliveryLane {
        DeliveryLane(tenant: try row.decode(TenantID.self, at: 0), endpoint: try row.decode(WebhookEndpointID.self, at: 1))
    }
}
