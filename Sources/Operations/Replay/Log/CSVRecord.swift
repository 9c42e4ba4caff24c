/// One record of a CSV file, or what is wrong with it.
struct CSVRecord: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case fields([String])
        case malformed(CSVError)
    }

    /// The line on which it begins, from 1.
    let line: Int
    let content: Content
}

/// Why a record cannot be read.
enum CSVError: Error, Hashable, Sendable, CustomStringConvertible {
    case quoteInsideField
    case textAfterQuote
    case unterminatedQuote
    case notUTF8
    case tooLong(limit: Int)
    case tooManyFields(limit: Int)

    var description: String {
        switch self {
        case .quoteInsideField: "a quotation mark inside a field without quotation marks"
        case .textAfterQuote: "text after a closing quotation mark"
        case .unterminatedQuote: "a quotation mark that is never closed"
        case .notUTF8: "not UTF-8"
        case .tooLong(let limit): "longer than \(limit) bytes"
        case .tooManyFields(let limit): "more than \(limit) fields"
        }
    }
}
