import FoundationEssentials

/// Says in one line where everything is, once both servers listen (contract.md).
actor ReadyAnnouncement {
    private struct Line: Encodable {
        let ready = true
        let api: String
        let admin: String
        let database_url: String
        let tenants: [DevelopmentTenants.Entry]
    }

    private let apiHost: String
    private let adminHost: String
    private let databaseURL: String
    private let tenants: [DevelopmentTenants.Entry]
    private let write: @Sendable (String) -> Void
    private var apiPort: Int?
    private var adminPort: Int?

    /// - Parameters:
    ///   - apiHost: the address that the API was told to listen on.
    ///   - adminHost: that of health checks and metrics.
    ///   - write: is given the line, without an end.
    init(
        apiHost: String,
        adminHost: String,
        databaseURL: String,
        tenants: [DevelopmentTenants.Entry],
        write: @escaping @Sendable (String) -> Void
    ) {
        self.apiHost = apiHost
        self.adminHost = adminHost
        self.databaseURL = databaseURL
        self.tenants = tenants
        self.write = write
    }

    func apiListens(on port: Int) {
        apiPort = port
        announce()
    }

    func adminListens(on port: Int) {
        adminPort = port
        announce()
    }

    /// Where a program on this machine reaches what listens on the address: on all addresses is on loopback, too.
    private static func url(host: String, port: Int) -> String {
        let reachable = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
        return "http://\(reachable.contains(":") ? "[\(reachable)]" : reachable):\(port)"
    }

    private func announce() {
        guard let apiPort, let adminPort else { return }
        let line = Line(
            api: Self.url(host: apiHost, port: apiPort),
            admin: Self.url(host: adminHost, port: adminPort),
            database_url: databaseURL,
            tenants: tenants
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        write(String(decoding: data, as: UTF8.self))
    }
}
