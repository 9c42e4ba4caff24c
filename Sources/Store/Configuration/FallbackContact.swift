public import Domain
public import Postgres

/// Whom chains tell that find nobody in a whole round; null where nobody is named.
public struct LoadFallbackContact: Statement {
    public typealias Row = String?
    public static let sql = "SELECT fallback_email FROM docket.tenant_configuration WHERE tenant_id = $1"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> String? {
        try row.decodeOptional(String.self, at: 0)
    }
}

/// Names it. The configuration gets a new version, so that whoever knows the old one reads again.
public struct PutFallbackContact: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.tenant_configuration SET fallback_email = $2, version = version + 1 WHERE tenant_id = $1 AND fallback_email IS DISTINCT FROM $2
        """
    let tenant: TenantID
    let email: String?

    public init(tenant: TenantID, email: String?) {
        self.tenant = tenant
        self.email = email
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(email)
    }
}
