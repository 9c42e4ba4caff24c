import Domain

extension DeliveryLane {
    /// As in `outbox.lane`, where all zeros stands for mail.
    init(tenant: TenantID, key: WebhookEndpointID) {
        self.init(tenant: tenant, endpoint: key == Self.mailKey ? nil : key)
    }

    var key: WebhookEndpointID { endpoint ?? Self.mailKey }

    static let mailKey = WebhookEndpointID(high: 0, low: 0)
}
