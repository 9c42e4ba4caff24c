import FoundationEssentials

/// An answer of the API.
struct ReplayResponse: Sendable {
    let status: Int
    /// What the server asks to wait before another try, in seconds.
    let retryAfter: Int?
    let body: Data

    /// The body as what it should be.
    ///
    /// - Throws: ``ReplayError/unreadable(_:)``.
    func decode<Value: Decodable>(_ type: Value.Type, from request: ReplayRequest) throws(ReplayError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: body)
        } catch {
            throw .unreadable(request.label)
        }
    }

    /// The stable code of a problem (RFC 9457, `code`), where there is one.
    var problemCode: String? { problem?.code }

    var problem: ProblemDocument? { try? JSONDecoder().decode(ProblemDocument.self, from: body) }

    struct ProblemDocument: Decodable, Sendable {
        struct Field: Decodable, Sendable {
            let pointer: String?
            let detail: String
        }

        let code: String
        let state: String?
        let detail: String?
        let errors: [Field]?
    }
}
