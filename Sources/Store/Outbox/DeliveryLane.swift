public import Domain

/// What shares one receiver and its limits: a webhook endpoint of a tenant, or the tenant's mail.
public struct DeliveryLane: Hashable, Sendable {
    public let tenant: TenantID
    /// nil is the tenant's mail.
    public let endpoint: WebhookEndpointID?

    public init(tenant: TenantID, endpoint: WebhookEndpointID?) {
        self.tenant = tenant
        self.endpoint = endpoint
    }

    /// As in `outbox.lane`, where all zeros stands for mail.
    init(tenant: TenantID, key: WebhookEndpointID) {
        self.init(tenant: tenant, endpoint: key == Self.mailKey ? nil : key)
    }

    var key: WebhookEndpointID { endpoint ?? Self.mailKey }

    static let mailKey = WebhookEndpointID(high: 0, low: 0)
}
