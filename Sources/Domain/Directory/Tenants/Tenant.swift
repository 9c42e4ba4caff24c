/// A company that shares the deployment.
public struct Tenant: Hashable, Sendable {
    public let id: TenantID
    /// How commands name it: `[a-z0-9][a-z0-9-]{0,62}`.
    public let slug: String
    public let name: String
    /// Its share of the dispatchers against other tenants': 1 to 1,000 (routing.md H).
    public let planWeight: Int
    public let isActive: Bool
    public let createdAt: Timestamp
    /// Whether its erasing was begun and is not finished (docs/operations.md, Erasing a tenant): some of its rows are gone, and what is left says nothing.
    public let isBeingErased: Bool

    public init(id: TenantID, slug: String, name: String, planWeight: Int, isActive: Bool, createdAt: Timestamp, isBeingErased: Bool = false) {
        self.id = id
        self.slug = slug
        self.name = name
        self.planWeight = planWeight
        self.isActive = isActive
        self.createdAt = createdAt
        self.isBeingErased = isBeingErased
    }
}
