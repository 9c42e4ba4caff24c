/// One server of the list that is tried in order.
public struct PostgresHost: Hashable, Sendable, CustomStringConvertible {
    /// A host name, an address, or the directory of a unix socket (starts with `/`).
    public var name: String
    public var port: UInt16

    public init(name: String, port: UInt16 = 5432) {
        self.name = name
        self.port = port
    }

    /// Whether nothing on the way to the server can listen or pretend: a unix socket or the loopback interface.
    public var isLocal: Bool {
        name.hasPrefix("/") || name == "localhost" || name == "::1" || isLoopbackAddress
    }

    private var isLoopbackAddress: Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    public var description: String { "\(name):\(port)" }
}
