public import Domain
public import Postgres

/// All sites of a tenant. Bounded: a tenant has at most ``limit``.
public struct LoadSites: Statement {
    public typealias Row = Site
    public static let limit = 2_000
    public static let sql = SiteContent.select + " ORDER BY id LIMIT \(limit)"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Site {
        try SiteContent.decode(row)
    }
}
