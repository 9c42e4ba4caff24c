/// One attempt to deliver to one endpoint.
public struct WebhookRequest: Sendable {
    /// The largest body (api.md 7).
    public static let maximumBodyBytes = 20_480

    public let url: EgressURL
    /// The value of `webhook-id`: stays the same over all attempts, so that receivers can drop duplicates.
    public let id: String
    /// The value of `webhook-timestamp`: Unix seconds of this attempt.
    public let unixSeconds: Int64
    public let body: [UInt8]
    /// Signs with each, in this order: the newest first.
    public let secrets: [WebhookSecret]
    /// The W3C trace context to pass on, if any.
    public let traceparent: String?
    /// The state that belongs to it, as its request gave it.
    public let tracestate: String?

    /// - Returns: nil where the id is not 1 to 128 of `[A-Za-z0-9_-]`, the body is too large, or there is no secret.
    public init?(
        url: EgressURL,
        id: String,
        unixSeconds: Int64,
        body: [UInt8],
        secrets: [WebhookSecret],
        traceparent: String? = nil,
        tracestate: String? = nil
    ) {
        guard (1...128).contains(id.utf8.count), id.utf8.allSatisfy(WebhookRequest.isAllowedInID), body.count <= WebhookRequest.maximumBodyBytes,
            !secrets.isEmpty, secrets.count <= WebhookSignature.maximumSecrets
        else { return nil }
        self.url = url
        self.id = id
        self.unixSeconds = unixSeconds
        self.body = body
        self.secrets = secrets
        self.traceparent = traceparent
        // Without its parent it says nothing.
        self.tracestate = traceparent == nil ? nil : tracestate
    }

    /// No full stop: it separates the parts of what is signed.
    private static func isAllowedInID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
