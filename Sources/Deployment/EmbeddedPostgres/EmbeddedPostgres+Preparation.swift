public import Logging
import Subprocess
import SystemPackage

extension EmbeddedPostgres {
    /// Makes the cluster where there is none yet, ends what an earlier run left over, and chooses the port. Starts no server.
    ///
    /// - Throws: ``EmbeddedPostgresError``, or ``SystemError`` where the operating system refuses.
    public static func prepare(_ configuration: Configuration, logger: Logger) async throws -> EmbeddedPostgres {
        let account = try ServerAccount.unprivileged()
        let directory = try ClusterDirectory.prepare(at: configuration.directory, account: account)
        let lock = try await ClusterLock.acquire(path: directory.lock, directory: directory.root, patience: configuration.lockTimeout)
        let programs = try PostgresPrograms.find(in: configuration.programs, major: try directory.dataVersion())
        try await ClusterProcesses(directory).end(patience: configuration.stopTimeout)
        let password = try directory.superuserPassword()
        if try directory.dataVersion() == nil {
            logger.info("making a private PostgreSQL", metadata: ["directory": "\(directory.root)"])
            if let former = directory.formerRoot {
                logger.warning(
                    "an earlier version kept the data of this directory elsewhere; to go on with it, stop, and put its password and postgres in place of those here",
                    metadata: ["former": "\(former)", "directory": "\(directory.root)"]
                )
            }
            try await initialise(directory, programs: programs, password: password)
        }
        let address = Address(port: try directory.choosePort(), password: password)
        return EmbeddedPostgres(
            configuration: configuration,
            directory: directory,
            programs: programs,
            address: address,
            lock: lock,
            logger: logger
        )
    }

    private static func initialise(_ directory: ClusterDirectory, programs: PostgresPrograms, password: String) async throws {
        // What a killed initdb left behind.
        try SystemCalls.removeTree(directory.draft)
        try SystemCalls.writeFile(directory.passwordDraft, password, mode: 0o600)
        defer { SystemCalls.removeFile(directory.passwordDraft) }
        if let account = directory.account {
            try SystemCalls.changeOwner(of: directory.passwordDraft, to: account)
        }
        let arguments = [
            "--pgdata=\(directory.serverPath(directory.draft))", "--username=postgres",
            "--pwfile=\(directory.serverPath(directory.passwordDraft))", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions",
        ]
        let command = try ServerCommand(programs.initdb, arguments, in: directory)
        let result = try await withDeadline(.seconds(120)) {
            try await Subprocess.run(
                command.executable,
                arguments: command.arguments,
                environment: serverEnvironment,
                workingDirectory: FilePath(directory.workingDirectory(directory.server)),
                platformOptions: serverOptions(stopTimeout: .seconds(5)),
                output: .discarded,
                error: .string(limit: 1 << 16)
            )
        }
        guard result.terminationStatus.isSuccess else {
            let lines = result.standardError.split(separator: "\n").suffix(3).joined(separator: " | ")
            throw EmbeddedPostgresError.initialisationFailed(reason: String(lines.suffix(500)))
        }
        try SystemCalls.move(directory.draft, to: directory.data)
    }
}

/// Only what the server's programs need: nothing of Docket's own environment, secrets least of all, shows up in theirs.
let serverEnvironment = Environment.custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"])

/// Own session (no terminal's Ctrl-C), and a way to stop that ends in a crash-safe kill.
func serverOptions(stopTimeout: Duration) -> PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    // PostgreSQL's fast and immediate shutdowns.
    options.teardownSequence = [
        .send(signal: .interrupt, allowedDurationToNextStep: stopTimeout),
        .send(signal: .quit, allowedDurationToNextStep: stopTimeout),
    ]
    return options
}
