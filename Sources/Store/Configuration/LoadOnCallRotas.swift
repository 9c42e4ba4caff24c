public import Domain
public import Postgres

/// The rotas of a tenant. Bounded: it has at most 1,000.
public struct LoadOnCallRotas: Statement {
    public struct Row: Sendable {
        public let id: RotaID
        public let name: String
        public let rota: OnCallRota
    }

    public static let sql = "SELECT id, name, definition FROM docket.on_call_rota WHERE tenant_id = $1 ORDER BY id LIMIT 1000"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(id: try columns.next(), name: try columns.next(), rota: try columns.nextDocument())
    }
}
