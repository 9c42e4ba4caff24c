public import Domain
public import Postgres

/// The tenant's own priority matrix; null where it has none. No row where there is no such tenant.
public struct LoadPriorityMatrix: Statement {
    public typealias Row = PriorityMatrix?
    public static let sql = "SELECT priority_matrix FROM docket.tenant_configuration WHERE tenant_id = $1"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> PriorityMatrix? {
        guard let document = try row.decodeOptional(JSONB.self, at: 0) else { return nil }
        return try DocumentCoding.decode(PriorityMatrix.self, from: document)
    }
}

/// Sets it. The configuration gets a new version, so that whoever knows the old one reads again.
public struct PutPriorityMatrix: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.tenant_configuration SET priority_matrix = $2, version = version + 1 WHERE tenant_id = $1"
    let tenant: TenantID
    let matrix: PriorityMatrix

    public init(tenant: TenantID, matrix: PriorityMatrix) {
        self.tenant = tenant
        self.matrix = matrix
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(DocumentCoding.encode(matrix))
    }
}
