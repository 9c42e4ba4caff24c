public import Domain
public import Postgres

/// Statements for one tenant, sent together: the tenant is set first, in the same transaction.
public struct TenantUnit: Sendable {
    /// Whose rows the statements see.
    public let tenant: TenantID
    /// What is sent; further statements are appended here.
    public var statements = StatementList()

    public init(_ tenant: TenantID) {
        self.tenant = tenant
        statements.add(SetTenant(tenant: tenant))
    }

    /// Appends a statement; its rows are found in the result by the handle.
    @discardableResult
    public mutating func add<S: Statement>(_ statement: S) -> StatementHandle<S> {
        statements.add(statement)
    }
}
