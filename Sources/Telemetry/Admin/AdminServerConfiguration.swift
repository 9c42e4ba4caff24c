/// Where the admin port listens.
public struct AdminServerConfiguration: Sendable {
    public var host: String
    /// 0 lets the system choose.
    public var port: Int
    /// The most connections at once; more are not accepted until one closes.
    public var maximumConnections: Int

    /// Binds to loopback unless told otherwise (contract.md, ports).
    public init(host: String = "127.0.0.1", port: Int = 0, maximumConnections: Int = 64) {
        self.host = host
        self.port = port
        self.maximumConnections = maximumConnections
    }
}
