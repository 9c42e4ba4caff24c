/// Collects what is wrong with a request, so that one answer lists all of it.
public struct FieldErrors: Sendable {
    /// Further errors are dropped: the answer's size is bounded.
    public static let maximum = 50

    public private(set) var list: [FieldError] = []

    public init() {}

    public var isEmpty: Bool { list.isEmpty }

    public mutating func add(_ error: FieldError) {
        guard list.count < FieldErrors.maximum else { return }
        list.append(error)
    }

    /// Records an error of a value of the body. The pointer is only computed here: requests without errors pay nothing for it.
    public mutating func add(_ value: JSONValue, _ code: FieldErrorCode, _ detail: String) {
        guard list.count < FieldErrors.maximum else { return }
        list.append(FieldError(.pointer(value.pointer), code, detail))
    }
}
