import HTTPTypes

/// The page that every problem's `type` leads to, made from the catalogue: docs/problems.md, and `/problems` on every server.
enum ProblemGuide {
    static let path = "/problems"
    static let mediaType = "text/markdown; charset=utf-8"

    /// The operation that serves the page; open to everybody, like the description of the API.
    static let operation = Operation(
        id: "getProblems",
        method: .get,
        path: path,
        tag: "meta",
        summary: "What the types of problems mean, in Markdown",
        description: "",
        scope: nil,
        idempotency: .none,
        isConditional: false,
        acceptsIfMatch: false,
        pathParameters: [],
        queryParameters: [],
        body: nil,
        responses: [ResponseDescription(.ok, "The page.", schema: .string, mediaType: "text/markdown")],
        problems: [],
        timeout: .seconds(15)
    )

    static var text: String {
        let table = ProblemCode.allCases.map { "| [`\($0.rawValue)`](#\($0.rawValue)) | \($0.status.code) | \($0.title) |" }
        let sections = ProblemCode.allCases.map { code in
            """
            ## \(code.rawValue)

            \(code.status.code) · \(code.title)

            \(code.meaning)

            **What to do:** \(code.remedy)
            """
        }
        let fieldCodes = FieldErrorCode.allCases.map { "| `\($0.rawValue)` | \($0.meaning) |" }
        return """
            # Problems

            Every error is a problem detail (RFC 9457) under `application/problem+json`. Its `code` is one of these, and does not change; programs go by it. Its \
            `type` is the address of the section below at the server that answered, `https://desk.example.org\(path)#not-found` for example; `quota-exceeded` and \
            `temporary-reduced-capacity` have the types that are registered for everybody's use, `https://iana.org/assignments/http-problem-types#…`.
            `status` is the HTTP status, `detail` tells what is particular, `request_id` is the `Request-Id` of the answer. Nothing was changed, unless a \
            section says otherwise.

            | `code` | status | |
            |---|---|---|
            \(table.joined(separator: "\n"))

            \(sections.joined(separator: "\n\n"))

            ## Codes of fields

            Each element of `errors` has the place where something is wrong, a sentence for people, and one of these codes, which do not change.

            | `errors[].code` | what is wrong there |
            |---|---|
            \(fieldCodes.joined(separator: "\n"))

            """
    }
}
