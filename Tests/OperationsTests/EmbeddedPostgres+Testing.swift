import Foundation
import Subprocess
import SystemPackage

@testable import Deployment

extension EmbeddedPostgres {
    /// The postmaster's process id, as its pid file tells it; nil while there is none.
    func postmaster() throws -> pid_t? {
        try SystemCalls.readFile(directory.pidFile)?.split(separator: "\n").first.flatMap { pid_t($0) }
    }

    /// Starts the server as `pg_ctl` does: nobody waits for it.
    func startDetached() async throws {
        let settings = settings(port: address.port).map { "-c \($0.key)=\($0.value)" }.joined(separator: " ")
        let command = try ServerCommand(
            programs.directory + "/pg_ctl",
            ["-D", directory.serverPath(directory.data), "-l", directory.serverPath(directory.server + "/detached.log")]
                + ["-o", settings, "-w", "-t", "60", "start"],
            in: directory
        )
        let result = try await Subprocess.run(
            command.executable,
            arguments: command.arguments,
            environment: serverEnvironment,
            workingDirectory: FilePath(directory.workingDirectory(directory.data)),
            platformOptions: serverOptions(stopTimeout: .seconds(5)),
            output: .discarded
        )
        guard result.terminationStatus.isSuccess else { throw EmbeddedPostgresError.startFailed(reason: directory.logTail()) }
    }
}

/// Runs statements through `psql`: a client that shares no code with what is tested.
struct QueryProgram: Sendable {
    struct Failure: Error {
        let message: String
    }

    private let program: String
    private let url: String

    init(_ server: EmbeddedPostgres, _ address: EmbeddedPostgres.Address, password: String? = nil) {
        program = server.programs.directory + "/psql"
        url = "postgres://\(address.user):\(password ?? address.password)@\(address.host):\(address.port)/postgres?connect_timeout=10"
    }

    /// The answer as `psql -At` prints it.
    func query(_ text: String) async throws -> String {
        let result = try await Subprocess.run(
            .path(FilePath(program)),
            arguments: ["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text, url],
            output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16)
        )
        guard result.terminationStatus.isSuccess else { throw Failure(message: result.standardError) }
        return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
