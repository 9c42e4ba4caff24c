import Deployment
import Postgres
import TestSupport

/// The way to a deployment's database: as the superuser for looking, and as each role for the executables.
struct DeskDatabase: Sendable {
    let host: String
    let port: UInt16
    let name: String
    let superuser: PostgresConfiguration
    /// Of every login role; nil where the server trusts this machine.
    let password: String?

    init(_ database: TestDatabase) throws {
        self.init(try TestServer.superuser(database: database.name), password: nil)
    }

    init(_ superuser: PostgresConfiguration, password: String?) {
        host = superuser.hosts.first?.name ?? "127.0.0.1"
        port = superuser.hosts.first?.port ?? 5432
        name = superuser.database
        self.superuser = superuser
        self.password = password
    }

    func url(role: String) -> String {
        "postgres://\(role)\(password.map { ":" + $0 } ?? "")@\(host):\(port)/\(name)"
    }

    /// Runs SQL behind all policies.
    @discardableResult
    func sql(_ script: String) async throws -> [[String]] {
        try await AdministrationSession(configuration: superuser, logger: TestServer.logger).run(script)
    }

    /// The first column of the first row.
    func number(_ question: String) async throws -> Int {
        try await sql(question).first?.first.flatMap { Int($0) } ?? -1
    }
}
