public import Domain
public import Postgres

/// What a ticket takes over from its requester; no row where there is no such requester.
public struct LoadRequesterFacts: Statement {
    public typealias Row = RequesterFacts
    public static let sql = "\(RequesterFactsColumns.select) WHERE tenant_id = $1 AND id = $2"
    let tenant: TenantID
    let requester: RequesterID

    public init(tenant: TenantID, requester: RequesterID) {
        self.tenant = tenant
        self.requester = requester
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(requester)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RequesterFacts { try RequesterFactsColumns.decode(row) }
}

/// The same in a transaction that goes on: an edit of the requester waits until it has ended, and finds its ticket.
public struct LockRequesterFacts: Statement {
    public typealias Row = RequesterFacts
    public static let sql = "\(RequesterFactsColumns.select) WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE"
    let tenant: TenantID
    let requester: RequesterID

    public init(tenant: TenantID, requester: RequesterID) {
        self.tenant = tenant
        self.requester = requester
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(requester)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RequesterFacts { try RequesterFactsColumns.decode(row) }
}

private enum RequesterFactsColumns {
    static let select = "SELECT version, vip, language, organization_id FROM docket.requester"

    static func decode(_ row: RowView) throws(DecodeError) -> RequesterFacts {
        var columns = ColumnReader(row)
        return RequesterFacts(
            version: try columns.next(),
            isVIP: try columns.next(),
            language: try columns.nextOptional(),
            organizationID: try columns.nextOptional()
        )
    }
}

/// Aborts the transaction with ``StoreError/configurationChanged`` unless the requester still has the version that was decided on.
public struct RequireRequester: Statement {
    public typealias Row = NoRow
    public static let sql = "SELECT docket.require_requester($1, $2, $3)"
    let tenant: TenantID
    let requester: RequesterID
    let version: Int64

    public init(tenant: TenantID, requester: RequesterID, version: Int64) {
        self.tenant = tenant
        self.requester = requester
        self.version = version
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(requester)
        binder.append(version)
    }
}
