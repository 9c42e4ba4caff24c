/// What shares one receiver and its limits: a webhook endpoint of a tenant, or the tenant's mail.
public struct DeliveryLane: Hashable, Sendable {
    public let tenant: TenantID
    /// nil is the tenant's mail.
    public let endpoint: WebhookEndpointID?

    public init(tenant: TenantID, endpoint: WebhookEndpointID?) {
        self.tenant = tenant
        self.endpoint = endpoint
    }
}
