import HTTPTypes

/// The `Authorization` header of a request (RFC 6750 2.1). Keys in the address are not looked for: addresses end up in logs (ASVS 14.2.1).
enum BearerCredential {
    /// The presented key.
    ///
    /// - Throws: 401. Every key that is not good gets the same answer, whether it is malformed, mistyped, unknown, revoked or expired.
    static func key(in headers: HTTPFields) throws(Problem) -> APIKey {
        guard let value = headers[.authorization] else { throw missing }
        guard value.utf8.count <= 256, value.utf8.count > 7, value.prefix(7).lowercased() == "bearer ",
            let key = APIKey(String(value.dropFirst(7)))
        else { throw invalid }
        return key
    }

    /// 401 without a credential: no error code then (RFC 6750 3.1).
    static var missing: Problem {
        Problem(.invalidToken, "Send an API key as a bearer token.", headers: [.wwwAuthenticate: #"Bearer realm="docket""#])
    }

    static var invalid: Problem {
        Problem(
            .invalidToken,
            "The API key is not valid.",
            headers: [.wwwAuthenticate: #"Bearer realm="docket", error="invalid_token""#]
        )
    }

    /// 403 for a good key that lacks a scope.
    static func insufficient(_ scope: Scope) -> Problem {
        let challenge = #"Bearer realm="docket", error="insufficient_scope", scope="\#(scope.rawValue)""#
        return Problem(.insufficientScope, "The key needs the scope \(scope.rawValue).", headers: [.wwwAuthenticate: challenge])
    }
}
