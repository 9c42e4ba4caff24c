import Crypto

/// Signs deliveries by Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`, exactly as sent (api.md 7).
public enum WebhookSignature {
    /// The most secrets that sign at once; during a rotation there are two.
    public static let maximumSecrets = 4

    /// The value of `webhook-signature`: one `v1,<base64>` for each secret, separated by spaces.
    ///
    /// - Parameters:
    ///   - id: the value of `webhook-id`, the same for all attempts; it holds no full stop.
    ///   - unixSeconds: the value of `webhook-timestamp`, the time of this attempt.
    ///   - body: the exact bytes of the request's body.
    public static func header(id: String, unixSeconds: Int64, body: [UInt8], secrets: [WebhookSecret]) -> String {
        let prefix = Array("\(id).\(unixSeconds).".utf8)
        return secrets.prefix(maximumSecrets).map { secret in
            var code = HMAC<SHA256>(key: secret.key)
            code.update(data: prefix)
            code.update(data: body)
            return "v1," + Base64.encode(Array(code.finalize()))
        }.joined(separator: " ")
    }

    /// Whether one of a header's signatures is right: what a receiver does, and what tests check.
    public static func isValid(_ header: String, id: String, unixSeconds: Int64, body: [UInt8], secret: WebhookSecret) -> Bool {
        var signed = Array("\(id).\(unixSeconds).".utf8)
        signed += body
        return header.split(separator: " ").contains { part in
            guard part.hasPrefix("v1,"), let code = Base64.decode(part.dropFirst(3)) else { return false }
            // Compares in constant time.
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: secret.key)
        }
    }
}
