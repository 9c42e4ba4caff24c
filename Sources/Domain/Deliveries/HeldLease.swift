/// A lease with the tenant whose row it is.
public struct HeldLease: Hashable, Sendable {
    public let tenant: TenantID
    public let lease: DeliveryLease

    public init(tenant: TenantID, lease: DeliveryLease) {
        self.tenant = tenant
        self.lease = lease
    }
}
