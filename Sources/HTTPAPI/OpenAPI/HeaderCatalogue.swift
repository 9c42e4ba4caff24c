/// The header fields of answers that operations refer to.
enum HeaderCatalogue {
    /// On every answer.
    static let common = ["Request-Id", "X-Client-Request-Id"]

    /// On problems of a status.
    static func ofProblems(_ status: Int) -> [String] {
        switch status {
        case 401, 403: ["WWW-Authenticate"]
        case 412: ["ETag"]
        case 429, 503: ["Retry-After"]
        default: []
        }
    }

    private static let entries: [(name: String, description: String)] = [
        ("Allow", "The methods of the resource."),
        ("ETag", "The version of the resource, for If-Match and If-None-Match."),
        ("Idempotent-Replayed", "true where the answer is that of an earlier request with the same Idempotency-Key."),
        ("Link", "rel=\"next\": the next page."),
        ("Location", "The path of what was made."),
        ("Request-Id", "The server's name for this request."),
        ("Retry-After", "Seconds to wait."),
        ("WWW-Authenticate", "What is wrong with the credential (RFC 6750)."),
        ("X-Client-Request-Id", "The caller's X-Request-Id, where it was valid."),
    ]

    static func write(to writer: inout JSONWriter) {
        for entry in entries {
            writer.name(entry.name)
            writer.object { writer in
                writer.field("description", entry.description)
                writer.name("schema")
                writer.object { $0.field("type", "string") }
            }
        }
    }

    static func reference(_ names: [String], to writer: inout JSONWriter) {
        writer.name("headers")
        writer.object { writer in
            for name in names {
                writer.name(name)
                writer.object { $0.field("$ref", "#/components/headers/" + name) }
            }
        }
    }
}
