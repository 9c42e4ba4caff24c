import Glibc
import Synchronization

/// Writes each line with one `write(2)`, so that lines of several threads and processes do not mix.
///
/// A descriptor that would block (a full, non-blocking pipe) loses the line: a slow log reader must not stop the service.
public final class FileDescriptorOutput: LogOutput {
    /// Standard error, where all executables log.
    public static let standardError = FileDescriptorOutput(descriptor: STDERR_FILENO)

    private let descriptor: Int32
    private let lost = Atomic<Int>(0)

    /// - Parameter descriptor: an open file descriptor; it is not closed here.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// How many lines could not be written whole.
    public var lostLines: Int { lost.load(ordering: .relaxed) }

    public func write(line: [UInt8]) {
        let complete = line.withUnsafeBytes { bytes in
            var offset = 0
            // A second round happens only after a signal or a short write; one call writes the whole line otherwise.
            while offset < bytes.count {
                let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
                if written > 0 {
                    offset += written
                } else if written < 0, errno == EINTR {
                    continue
                } else {
                    return false
                }
            }
            return true
        }
        if !complete {
            lost.wrappingAdd(1, ordering: .relaxed)
        }
    }
}
