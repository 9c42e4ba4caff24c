import Glibc

/// Holds a cluster's directory for one process; the kernel lets go of it when that process ends, however it ends.
final class ClusterLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, waiting for a predecessor that is still stopping.
    ///
    /// - Throws: ``EmbeddedPostgresError/directoryInUse(path:)`` where another process holds it for longer than `patience`.
    static func acquire(path: String, directory: String, patience: Duration) async throws -> ClusterLock {
        let deadline = ContinuousClock.now.advanced(by: patience)
        while true {
            do {
                return try ClusterLock(path: path, directory: directory)
            } catch EmbeddedPostgresError.directoryInUse where ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// - Throws: ``EmbeddedPostgresError/directoryInUse(path:)`` where another process holds it now.
    init(path: String, directory: String) throws {
        // Close-on-exec: a server that outlives this process must not keep the lock.
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw SystemError(operation: "opening", path: path, code: errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            if code == EWOULDBLOCK { throw EmbeddedPostgresError.directoryInUse(path: directory) }
            throw SystemError(operation: "locking", path: path, code: code)
        }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }
}
