public import Domain
import Store

extension DirectoryQueries {
    /// When and how an agent hears; the settings of everybody who has none of his own: by mail at once.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func notifications(of agent: AgentID, in tenant: TenantID) async throws -> NotificationSettings {
        let statement = LoadAgentNotifications(tenant: tenant, agent: agent)
        guard let found = try await environment.database.first(statement, of: tenant) else { throw UseCaseError.notFound }
        return found ?? NotificationSettings()
    }

    /// Whom a chain tells that finds nobody in a whole round.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func fallbackContact(in tenant: TenantID) async throws -> String? {
        guard let found = try await environment.database.first(LoadFallbackContact(tenant: tenant), of: tenant) else { throw UseCaseError.notFound }
        return found
    }
}
