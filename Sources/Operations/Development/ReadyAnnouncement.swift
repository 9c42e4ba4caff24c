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

    private let databaseURL: String
    private let tenants: [DevelopmentTenants.Entry]
    private let write: @Sendable (String) -> Void
    private var apiPort: Int?
    private var adminPort: Int?

    /// - Parameter write: is given the line, without an end.
    init(databaseURL: String, tenants: [DevelopmentTenants.Entry], write: @escaping @Sendable (String) -> Void) {
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

    private func announce() {
        guard let apiPort, let adminPort else { return }
        let line = Line(
            api: "http://127.0.0.1:\(apiPort)",
            admin: "http://127.0.0.1:\(adminPort)",
            database_url: databaseURL,
            tenants: tenants
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        write(String(decoding: data, as: UTF8.self))
    }
}
