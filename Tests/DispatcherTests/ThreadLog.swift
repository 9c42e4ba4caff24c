import Glibc
import Logging
import Synchronization

/// Notes on which thread each message of a kind was written.
final class ThreadLog: Sendable {
    private let threads = Mutex<[UInt]>([])
    private let message: String

    init(of message: String) {
        self.message = message
    }

    var all: [UInt] { threads.withLock { $0 } }

    static var current: UInt { UInt(pthread_self()) }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .debug
        return logger
    }

    private struct Handler: LogHandler {
        let log: ThreadLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard event.message.description == log.message else { return }
            log.threads.withLock { $0.append(ThreadLog.current) }
        }
    }
}
