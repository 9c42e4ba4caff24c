/// One documented configuration key.
public struct ConfigurationKey: Sendable, Hashable {
    /// What a value must be.
    public enum Kind: Sendable, Hashable {
        case text
        case integer(ClosedRange<Int>)
        case oneOf([String])
    }

    /// The dotted name, as in the file: `api.port` is `{"api": {"port": …}}`.
    public let name: String
    public let kind: Kind
    /// What holds where nothing is said; nil where the key has no value of its own accord.
    public let defaultValue: String?
    /// Never printed or logged; may be given as the path of a file instead, under the name with `_file` added.
    public let isSecret: Bool
    public let help: String

    /// Whether only `docket dev` looks at it.
    public var isForDevelopment: Bool { ["dev.", "data.", "postgres."].contains { name.hasPrefix($0) } }

    /// The name of the environment variable: `DOCKET_API_PORT`.
    public var environmentName: String {
        ConfigurationCatalogue.environmentPrefix + name.uppercased().replacing(".", with: "_")
    }
}
