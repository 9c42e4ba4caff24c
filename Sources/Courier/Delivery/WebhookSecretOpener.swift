public import Domain

/// Opens the sealed secrets of an endpoint: the courier knows neither the key nor the sealing.
public struct WebhookSecretOpener: Sendable {
    private struct Unusable: Error {}

    private let body: @Sendable (_ sealed: [UInt8], _ tenant: TenantID, _ endpoint: WebhookEndpointID) throws -> WebhookSecret?

    /// - Parameter open: throws where the seal does not open; nil where what was sealed is no secret.
    public init(_ open: @escaping @Sendable (_ sealed: [UInt8], _ tenant: TenantID, _ endpoint: WebhookEndpointID) throws -> WebhookSecret?) {
        body = open
    }

    /// The secrets to sign with, the newest first; several during a rotation (api.md 7).
    ///
    /// - Throws: where the present one cannot be used. An earlier one that cannot is left out: nothing may wait for it.
    func secrets(in sealed: [[UInt8]], of tenant: TenantID, endpoint: WebhookEndpointID) throws -> [WebhookSecret] {
        guard let newest = sealed.first, let present = try body(newest, tenant, endpoint) else { throw Unusable() }
        return [present] + sealed.dropFirst().compactMap { try? body($0, tenant, endpoint) }
    }
}
