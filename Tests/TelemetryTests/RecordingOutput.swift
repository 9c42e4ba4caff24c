import Synchronization
import Telemetry

/// Keeps the lines that a handler writes.
final class RecordingOutput: LogOutput {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    func write(line: [UInt8]) {
        state.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
}
