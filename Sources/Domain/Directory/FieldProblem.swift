/// One wrong field: a JSON Pointer into what was sent, and what is wrong with it.
public struct FieldProblem: Hashable, Sendable {
    /// A JSON Pointer. Into a list that is kept in an order of its own it points by what stands there, an id or a key, in place of a number: only the door knows
    /// where the caller wrote it.
    public let pointer: String
    public let code: Code
    /// For people, without a capital letter and a full stop.
    public let detail: String

    public init(_ pointer: String, code: Code, detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }

    /// Points at something that does not exist in the tenant, or is used no more.
    ///
    /// - Parameter noun: what it would be: "active agent".
    public static func unknown(_ noun: String, at pointer: String) -> FieldProblem {
        FieldProblem(pointer, code: .unknownReference, detail: "there is no such \(noun)")
    }
}
