/// Why a private PostgreSQL could not be made, started or kept running.
public enum EmbeddedPostgresError: Error, Sendable {
    /// No server programs of a supported version at any of these places.
    case programsNotFound(searched: [String])
    /// The data was made by a major version whose programs are not installed.
    case versionNotInstalled(major: Int)
    /// Another process runs the cluster in this directory.
    case directoryInUse(path: String)
    /// The data exists, but the file that holds its superuser's password does not.
    case passwordMissing(path: String)
    /// Started by the superuser of the machine, and there is no ordinary account to run the server as.
    case noUnprivilegedAccount
    /// Started by the superuser of the machine, and the program that changes to another account is not installed.
    case accountChangerMissing(path: String)
    /// `initdb` did not succeed.
    case initialisationFailed(reason: String)
    /// The server ended before it accepted connections.
    case startFailed(reason: String)
    /// The server did not accept connections in time.
    case startTimedOut(after: Duration)
    /// The server ended by itself more often than restarts are worth.
    case keepsEnding(times: Int)
    /// An earlier server of the same cluster could not be ended.
    case leftoverProcesses(count: Int)
}

extension EmbeddedPostgresError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .programsNotFound(let searched):
            "PostgreSQL \(PostgresPrograms.oldestMajor) or newer was not found in \(searched.joined(separator: ", ")); install the package postgresql"
        case .versionNotInstalled(let major):
            "the data directory belongs to PostgreSQL \(major), which is not installed"
        case .directoryInUse(let path):
            "another process uses the data directory \(path)"
        case .passwordMissing(let path):
            "\(path) is missing, so the existing data cannot be opened; restore it, or remove the data directory to begin anew"
        case .noUnprivilegedAccount:
            "PostgreSQL does not run as root, and neither of the accounts postgres and nobody exists"
        case .accountChangerMissing(let path):
            "PostgreSQL does not run as root, and \(path), which changes to another account, is missing; install the package util-linux"
        case .initialisationFailed(let reason):
            "initdb failed: \(reason)"
        case .startFailed(let reason):
            "PostgreSQL did not start: \(reason)"
        case .startTimedOut(let duration):
            "PostgreSQL did not accept connections within \(duration.components.seconds) s"
        case .keepsEnding(let times):
            "PostgreSQL ended by itself \(times) times in a row"
        case .leftoverProcesses(let count):
            "\(count) processes of an earlier PostgreSQL on the same data could not be ended"
        }
    }
}
