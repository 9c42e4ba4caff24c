/// What is wrong with the configuration, in words for the person who wrote it. Holds no secret values.
public enum ConfigurationError: Error, Sendable, Hashable {
    /// A key that the catalogue does not know.
    case unknownKey(source: String, name: String)
    /// A value that does not fit its key. `value` is nil for secrets.
    case badValue(source: String, name: String, value: String?, expected: String)
    /// The same secret both as a value and as a file.
    case givenTwice(source: String, name: String)
    /// A file with the same name twice, of which one would count without a word.
    case repeatedName(path: String, name: String)
    /// A file that cannot be read, or is no JSON object.
    case unreadableFile(path: String, reason: String)
    /// A key without which the process cannot run.
    case missing(name: String, variable: String)
}

extension ConfigurationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownKey(let source, let name):
            "\(source): unknown key \(name)"
        case .badValue(let source, let name, let value, let expected):
            "\(source): \(name) must be \(expected)" + (value.map { ", not \"\($0.prefix(100))\"" } ?? "")
        case .givenTwice(let source, let name):
            "\(source): \(name) is given both as a value and as a file"
        case .repeatedName(let path, let name):
            "\(path): \(name) is there twice"
        case .unreadableFile(let path, let reason):
            "\(path): \(reason)"
        case .missing(let name, let variable):
            "\(name) is not set (environment variable \(variable))"
        }
    }
}
