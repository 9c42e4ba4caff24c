import Foundation
import Subprocess
import SystemPackage

/// One real process under test. Its output is appended to a file.
final class ServerProgram: Sendable {
    /// How a process ended.
    enum Ending: Hashable, Sendable {
        case status(Int32)
        case signal(Int32)
    }

    private struct NotStarted: Error {}

    let pid: pid_t
    private let running: Task<Ending, any Error>

    private init(pid: pid_t, running: Task<Ending, any Error>) {
        self.pid = pid
        self.running = running
    }

    /// Where the executables of this build are: beside the test bundle.
    static var folder: String {
        if let given = ProcessInfo.processInfo.environment["DOCKET_TEST_PROGRAMS"] { return given }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return bundle.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }

    /// - Parameter environment: all that the process gets.
    static func start(_ name: String, arguments: [String] = [], environment: [String: String], log: String) async throws -> ServerProgram {
        let (pids, pid) = AsyncStream.makeStream(of: pid_t.self)
        // Unstructured because it lives from this call to the process's end, whoever asks for that.
        let running = Task {
            defer { pid.finish() }
            let file = try FileDescriptor.open(
                FilePath(log),
                .writeOnly,
                options: [.create, .append, .closeOnExec],
                permissions: [.ownerReadWrite]
            )
            defer { try? file.close() }
            let result = try await Subprocess.run(
                .path(FilePath(folder + "/" + name)),
                arguments: Arguments(arguments),
                environment: .custom(Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
                input: .none,
                output: .fileDescriptor(file, closeAfterSpawningProcess: false),
                error: .fileDescriptor(file, closeAfterSpawningProcess: false)
            ) { execution in
                pid.yield(execution.processIdentifier.value)
                pid.finish()
            }
            return switch result.terminationStatus {
            case .exited(let status): Ending.status(status)
            case .signaled(let signal): Ending.signal(signal)
            }
        }
        for await pid in pids { return ServerProgram(pid: pid, running: running) }
        _ = try await running.value
        throw NotStarted()
    }

    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Waits for the end.
    func ending() async throws -> Ending {
        try await running.value
    }

    /// kill -9; nothing of the process is left when this returns.
    func destroy() async throws {
        send(SIGKILL)
        _ = try await ending()
    }
}
