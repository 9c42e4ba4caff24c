import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// All bytes of a descriptor, for commands that take one question or one document.
enum WholeInput {
    /// - Parameters:
    ///   - limit: in bytes; nothing beyond it is kept.
    ///   - name: what the sentence of a failure calls it.
    ///   - status: what the command ends with then.
    /// - Throws: ``CommandFailure`` where there is more than the limit, or it cannot be read.
    static func read(from descriptor: Int32, limit: Int, name: String, status: Int32) throws(CommandFailure) -> Data {
        var data = Data()
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure("\(name) cannot be read: \(String(cString: strerror(errno)))", status: status) }
            guard count > 0 else { return data }
            guard data.count + count <= limit else { throw CommandFailure("\(name) has more than \(limit) bytes", status: status) }
            data.append(contentsOf: block[..<count])
        }
    }
}
