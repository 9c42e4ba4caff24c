public import Domain

/// Seals and opens the signing secrets of webhook endpoints; each is bound to its endpoint and tenant.
public struct WebhookSecretVault: Sendable {
    private let box: SecretBox

    public init(_ box: SecretBox) {
        self.box = box
    }

    public func seal(_ secret: WebhookSigningSecret, of endpoint: WebhookEndpointID, in tenant: TenantID) throws -> [UInt8] {
        try box.seal(Array(secret.revealed.utf8), context: Self.context(endpoint, tenant))
    }

    /// The secret of an endpoint, for signing.
    ///
    /// - Throws: ``SecretBox/Failure``.
    public func open(_ sealed: [UInt8], of endpoint: WebhookEndpointID, in tenant: TenantID) throws(SecretBox.Failure) -> WebhookSigningSecret {
        WebhookSigningSecret(revealed: String(decoding: try box.open(sealed, context: Self.context(endpoint, tenant)), as: UTF8.self))
    }

    /// The secret sealed anew, where an earlier master key sealed it; nil where the present one did.
    ///
    /// - Throws: ``SecretBox/Failure``.
    func renewed(_ sealed: [UInt8], of endpoint: WebhookEndpointID, in tenant: TenantID) throws -> [UInt8]? {
        guard box.isOutdated(sealed) else { return nil }
        return try seal(try open(sealed, of: endpoint, in: tenant), of: endpoint, in: tenant)
    }

    private static func context(_ endpoint: WebhookEndpointID, _ tenant: TenantID) -> [UInt8] {
        Array("webhook \(tenant) \(endpoint)".utf8)
    }
}
