import HTTPTypes

extension HTTPField.Name {
    static let acceptPatch = known("Accept-Patch")
    static let acceptPost = known("Accept-Post")
    static let clientRequestID = known("X-Client-Request-Id")
    static let givenRequestID = known("X-Request-Id")
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotentReplayed = known("Idempotent-Replayed")
    static let link = known("Link")
    static let requestID = known("Request-Id")

    /// A field name written here, in the source: one that is no token is a mistake of the programmer's.
    private static func known(_ name: StaticString) -> HTTPField.Name {
        guard let field = HTTPField.Name(name.description) else { preconditionFailure("not a field name") }
        return field
    }
}
