import Glibc
import Logging
import Subprocess
import SystemPackage

extension EmbeddedPostgres {
    /// Keeps the server running until this task is cancelled, which stops it.
    ///
    /// - Parameter onReady: called after each start, when connections are accepted.
    func supervise(onReady: @escaping @Sendable () -> Void) async throws {
        var endings = 0
        while true {
            let started = ContinuousClock.now
            let status = try await serve(onReady: onReady)
            try Task.checkCancellation()
            // A server that ran for a minute was healthy: what ended it is a new story.
            endings = started.duration(to: .now) < .seconds(60) ? endings + 1 : 1
            guard endings < 10 else { throw EmbeddedPostgresError.keepsEnding(times: endings) }
            logger.warning("PostgreSQL ended by itself; starting it again", metadata: ["status": "\(status)", "times": "\(endings)"])
        }
    }

    /// One life of the server.
    private func serve(onReady: @Sendable () -> Void) async throws -> TerminationStatus {
        // The children of a killed postmaster hold the shared memory for a moment, and no new one may start beside them.
        try await ClusterProcesses(directory).end(patience: configuration.stopTimeout)
        try SystemCalls.removeStale(directory.pidFile)
        let log = try FileDescriptor.open(
            FilePath(directory.log),
            .writeOnly,
            options: [.create, .truncate, .noFollow, .closeOnExec],
            permissions: [.ownerReadWrite]
        )
        defer { try? log.close() }
        let settings = settings(port: address.port).sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        let command = try ServerCommand(programs.postgres, ["-D", directory.serverPath(directory.data)] + settings, in: directory)
        let result = try await Subprocess.run(
            command.executable,
            arguments: command.arguments,
            environment: serverEnvironment,
            workingDirectory: FilePath(directory.workingDirectory(directory.data)),
            platformOptions: serverOptions(stopTimeout: configuration.stopTimeout),
            input: .none,
            output: .fileDescriptor(log, closeAfterSpawningProcess: false),
            error: .fileDescriptor(log, closeAfterSpawningProcess: false)
        ) { execution in
            try await waitUntilReady(execution.processIdentifier.value)
            logger.debug("PostgreSQL accepts connections", metadata: ["port": "\(address.port)"])
            onReady()
        }
        return result.terminationStatus
    }

    /// Waits for the word `ready` that the postmaster writes on line 8 of its pid file: the sign that `pg_ctl -w` waits for, too.
    private func waitUntilReady(_ pid: pid_t) async throws {
        let deadline = ContinuousClock.now.advanced(by: configuration.startTimeout)
        while true {
            let lines = try SystemCalls.readFile(directory.pidFile, limit: 4_096)?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
            if lines.count >= 8, pid_t(lines[0]) == pid, lines[7].hasPrefix("ready") { return }
            if ClusterProcesses.hasEnded(pid) { throw EmbeddedPostgresError.startFailed(reason: directory.logTail()) }
            guard ContinuousClock.now < deadline else { throw EmbeddedPostgresError.startTimedOut(after: configuration.startTimeout) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

extension ClusterProcesses {
    init(_ directory: ClusterDirectory) {
        self.init(dataDirectory: directory.data, clusterName: directory.clusterName)
    }
}
