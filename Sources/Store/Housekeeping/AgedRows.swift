public import Domain
import Postgres

/// What a statement that clears away acts on: what `$1` to `$3` of it stand for.
public struct AgedRows: Sendable {
    let tenant: TenantID
    /// How many days ago a row must have come to its end.
    let days: Int
    /// The most rows at a time, the oldest first.
    let limit: Int

    public init(of tenant: TenantID, days: Int, limit: Int) {
        self.tenant = tenant
        self.days = days
        self.limit = limit
    }

    func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(Int32(clamping: days))
        binder.append(Int64(limit))
    }
}
