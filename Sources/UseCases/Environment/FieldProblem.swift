/// One wrong field: a JSON Pointer into the request and what is wrong with it.
public struct FieldProblem: Hashable, Sendable {
    public let pointer: String
    /// A stable code: `unknown_reference`, `out_of_range`, `duplicate`, …
    public let code: String
    public let detail: String

    public init(_ pointer: String, code: String, detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }

    /// Points at something that does not exist in the tenant, or is used no more.
    ///
    /// - Parameter noun: what it would be: "active agent".
    static func unknown(_ noun: String, at pointer: String) -> FieldProblem {
        FieldProblem(pointer, code: "unknown_reference", detail: "there is no such \(noun)")
    }
}
