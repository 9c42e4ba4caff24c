public import Domain

/// Opens the sealed secret of an endpoint: the courier knows neither the key nor the sealing.
public struct WebhookSecretOpener: Sendable {
    private let body: @Sendable (_ sealed: [UInt8], _ tenant: TenantID, _ endpoint: WebhookEndpointID) throws -> [WebhookSecret]

    /// - Parameter open: returns the secrets to sign with, the newest first; two during a rotation (api.md 7). Throws where the seal does not open.
    public init(_ open: @escaping @Sendable (_ sealed: [UInt8], _ tenant: TenantID, _ endpoint: WebhookEndpointID) throws -> [WebhookSecret]) {
        body = open
    }

    func secrets(in sealed: [UInt8], of tenant: TenantID, endpoint: WebhookEndpointID) throws -> [WebhookSecret] {
        try body(sealed, tenant, endpoint)
    }
}
