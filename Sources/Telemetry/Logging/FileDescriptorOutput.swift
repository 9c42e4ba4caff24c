import Glibc
import Synchronization

/// Writes each line with one call, so that lines of several threads and processes do not mix.
///
/// Where there is no room (a full pipe or socket, whose reader stands still) the line is lost and counted: a slow log reader must not stop the service.
public final class FileDescriptorOutput: LogOutput {
    /// Standard error, where all executables log.
    public static let standardError = FileDescriptorOutput(descriptor: STDERR_FILENO, opensPipesAnew: true)

    /// What the lines are written to: the descriptor given, or one of this object's own.
    private let descriptor: Int32
    private let isOwn: Bool
    private let isSocket: Bool
    private let lost = Atomic<Int>(0)
    /// A line was written in part: the next one begins on a line of its own.
    private let isTorn = Atomic<Bool>(false)

    /// - Parameters:
    ///   - descriptor: an open file descriptor; it is not closed here, and stays as it is: others who have it may count on writes that wait.
    ///   - opensPipesAnew: whether a pipe is written to through a descriptor of this object's own, which does not wait; its reader sees no end before that is closed,
    ///     with this object.
    public init(descriptor: Int32, opensPipesAnew: Bool = false) {
        var status = stat()
        let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        isSocket = kind == S_IFSOCK
        // To make a pipe's end non-blocking is to make it so for every process that shares it; a description of its own is not shared.
        let own = opensPipesAnew && kind == S_IFIFO ? open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_CLOEXEC) : -1
        isOwn = own >= 0
        self.descriptor = isOwn ? own : descriptor
    }

    deinit {
        if isOwn { close(descriptor) }
    }

    /// How many lines could not be written whole.
    public var lostLines: Int { lost.load(ordering: .relaxed) }

    public func write(line: [UInt8]) {
        let wasTorn = isTorn.exchange(false, ordering: .relaxed)
        // In one call: the end of the torn line may find room just where the next one does not.
        let text = wasTorn ? [UInt8(ascii: "\n")] + line : line
        let written = put(text)
        guard written < text.count else { return }
        lost.wrappingAdd(1, ordering: .relaxed)
        if written != (wasTorn ? 1 : 0) { isTorn.store(true, ordering: .relaxed) }
    }

    /// - Returns: how many bytes found room.
    private func put(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            // A second round happens only after a signal or a short write; one call writes the whole line otherwise.
            while offset < bytes.count {
                let rest = bytes.baseAddress.map { $0 + offset }
                // A socket's end (that of systemd's journal) cannot be opened anew, but be asked not to wait.
                let written =
                    isSocket
                    ? send(descriptor, rest, bytes.count - offset, Int32(MSG_DONTWAIT))
                    : Glibc.write(descriptor, rest, bytes.count - offset)
                if written > 0 {
                    offset += written
                } else if written < 0, errno == EINTR {
                    continue
                } else {
                    break
                }
            }
            return offset
        }
    }
}
