import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Standard input as a whole, for commands that take one question.
enum WholeInput {
    /// - Throws: ``CommandFailure`` where there is more than the limit, ``LineIOError`` where it cannot be read.
    static func all(limit: Int, from descriptor: Int32 = STDIN_FILENO) throws -> Data {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw LineIOError(operation: "reading the input", code: errno) }
            guard count > 0 else { return data }
            data.append(contentsOf: buffer[..<count])
            guard data.count <= limit else { throw CommandFailure("the input is longer than \(limit) bytes", status: 2) }
        }
    }
}
