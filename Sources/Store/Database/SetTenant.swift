import Domain
import Postgres

/// Sets the tenant of the current transaction (security.md 1); the policies let nothing else through.
struct SetTenant: Statement {
    typealias Row = NoRow
    static let sql = "SELECT docket.set_tenant($1)"
    let tenant: TenantID

    func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> NoRow {
        NoRow()
    }
}
