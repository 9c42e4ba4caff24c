import Glibc

/// The file of an incident log.
enum IncidentLogFile {
    static let maximumBytes = 256 << 20

    /// - Throws: ``CommandFailure`` where the file cannot be read, is too large or is no incident log.
    static func read(_ path: String) throws -> IncidentLog {
        do {
            return try IncidentLogReader.read(bytes(of: path))
        } catch let error as IncidentLogError {
            throw CommandFailure("\(path): \(error)")
        }
    }

    private static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure("\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure("\(path): \(String(cString: strerror(errno)))") }
            if count == 0 { return bytes }
            guard bytes.count + count <= maximumBytes else { throw CommandFailure("\(path): larger than \(maximumBytes >> 20) MiB") }
            bytes += block[..<count]
        }
    }
}
