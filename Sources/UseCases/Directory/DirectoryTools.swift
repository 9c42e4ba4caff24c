public import Domain

/// What the rules of the directory ask beside the database.
public struct DirectoryTools: Sendable {
    /// Where the time zones of calendars come from.
    public let zones: any TimeZoneSource
    /// Encrypts webhook secrets.
    public let secrets: WebhookSecretVault
    /// Why nothing may be sent to an address, or nil where it may: the courier's own rule, asked when the endpoint is saved too (api.md 7).
    public let addressRefusal: @Sendable (String) -> String?

    public init(zones: any TimeZoneSource, secrets: WebhookSecretVault, addressRefusal: @escaping @Sendable (String) -> String?) {
        self.zones = zones
        self.secrets = secrets
        self.addressRefusal = addressRefusal
    }
}
