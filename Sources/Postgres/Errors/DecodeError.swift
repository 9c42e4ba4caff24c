/// A column's bytes are not the value that was asked for. Holds no row data.
public struct DecodeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, without the value itself.
    public let message: String
    /// The column, counted from 0, once known.
    public let column: Int?

    /// `message` must not hold row data: it is logged.
    public init(_ message: String, column: Int? = nil) {
        self.message = message
        self.column = column
    }

    public var description: String {
        column.map { "column \($0): \(message)" } ?? message
    }

    func located(at column: Int) -> DecodeError {
        self.column == nil ? DecodeError(message, column: column) : self
    }
}
