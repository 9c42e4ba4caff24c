import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Deployment

/// A deployment of the real executables on a database of its own.
final class SystemDesk: Sendable {
    struct Ports: Sendable {
        let api: UInt16
        let admin: UInt16
    }

    let database: DeskDatabase
    let client: DeskClient
    let directory: String
    private let ports: [Role: Ports]
    private let masterKey: String
    private let programs = Mutex<[Role: ServerProgram]>([:])

    private init(database: DeskDatabase, client: DeskClient, directory: String) throws {
        self.database = database
        self.client = client
        self.directory = directory
        masterKey = String((0..<64).map { _ in "0123456789abcdef".randomElement() ?? "0" })
        ports = Dictionary(
            uniqueKeysWithValues: try Role.allCases.map { ($0, Ports(api: try LoopbackPort.anyFree(), admin: try LoopbackPort.anyFree())) }
        )
    }

    /// Runs the body, then kills whatever still runs.
    static func with<Result: Sendable>(_ database: DeskDatabase, _ body: (SystemDesk) async throws -> Result) async throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("docket-system-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try await DeskClient.with { client in
            let desk = try SystemDesk(database: database, client: client, directory: directory)
            do {
                let result = try await body(desk)
                try await desk.destroyAll()
                return result
            } catch {
                try await desk.destroyAll()
                throw error
            }
        }
    }

    func port(_ role: Role) -> Int { Int(ports[role]?.api ?? 0) }

    func admin(_ role: Role, _ path: String) -> String { "http://127.0.0.1:\(ports[role]?.admin ?? 0)\(path)" }

    var api: String { "http://127.0.0.1:\(port(.api))" }

    /// The configuration of an executable, as a deployment gives it.
    func environment(_ role: Role) -> [String: String] {
        [
            "DOCKET_DATABASE_URL": database.url(role: "docket_" + role.rawValue),
            "DOCKET_MASTER_KEY": masterKey,
            "DOCKET_API_PORT": "\(port(role))",
            "DOCKET_ADMIN_PORT": "\(ports[role]?.admin ?? 0)",
            "DOCKET_EGRESS_LOOPBACK": "allow",
            "DOCKET_DRAIN_SECONDS": "0",
            "DOCKET_LOG_LEVEL": "info",
        ]
    }

    /// Starts an executable. Does not wait until it is ready.
    ///
    /// - Parameter changes: to its configuration; an empty text takes a variable away.
    @discardableResult
    func start(_ role: Role, changes: [String: String] = [:]) async throws -> ServerProgram {
        let environment = environment(role).merging(changes) { _, changed in changed }.filter { !$0.value.isEmpty }
        let program = try await ServerProgram.start("docket-" + role.rawValue, environment: environment, log: logPath(role))
        programs.withLock { $0[role] = program }
        return program
    }

    /// Starts all four, and waits until they are ready.
    func startAll() async throws {
        for role in Role.allCases { try await start(role) }
        for role in Role.allCases { try await requireReady(role) }
    }

    func program(_ role: Role) throws -> ServerProgram {
        try #require(programs.withLock { $0[role] })
    }

    func readiness(_ role: Role) async -> Int? {
        try? await client.get(admin(role, "/readyz")).status
    }

    func requireReady(_ role: Role, within limit: Duration = .seconds(20)) async throws {
        let isReady = try await eventually(within: limit) { await readiness(role) == 200 }
        try #require(isReady, "docket-\(role) is not ready: \(log(role).suffix(600))")
    }

    /// All that an executable has printed.
    func log(_ role: Role) -> String {
        (try? String(contentsOfFile: logPath(role), encoding: .utf8)) ?? ""
    }

    /// Runs an operator's command, as the migrating role.
    ///
    /// - Returns: what it printed.
    func operate(_ arguments: String...) async throws -> String {
        let log = directory + "/operator-\(UUID().uuidString)"
        let environment = ["DOCKET_DATABASE_URL": database.url(role: "docket_migrate")]
        let ending = try await ServerProgram.start("docket", arguments: arguments, environment: environment, log: log).ending()
        let output = try String(contentsOfFile: log, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        try #require(ending == .status(0), "docket \(arguments.joined(separator: " ")): \(output)")
        return output
    }

    private func logPath(_ role: Role) -> String { directory + "/\(role).log" }

    private func destroyAll() async throws {
        let left = programs.withLock { Array($0.values) }
        for program in left { try await program.destroy() }
    }
}
