import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file that a command is given, read as a whole and never beyond its limit.
enum InputFile {
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - limit: in bytes.
    ///   - status: what the command ends with where the file cannot be read.
    /// - Throws: ``CommandFailure`` in one sentence.
    static func read(_ path: String, limit: Int, status: Int32 = 1) throws(CommandFailure) -> Data {
        guard path != "-" else { return try WholeInput.read(from: STDIN_FILENO, limit: limit, name: "the input", status: status) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure("\(path) cannot be read: \(String(cString: strerror(errno)))", status: status) }
        defer { close(descriptor) }
        return try WholeInput.read(from: descriptor, limit: limit, name: path, status: status)
    }

    /// A JSON document.
    ///
    /// - Parameter status: what the command ends with where the file is of no use.
    static func decode<Value: Decodable>(_ type: Value.Type, from path: String, limit: Int, status: Int32 = 1) throws(CommandFailure) -> Value {
        let data = try read(path, limit: limit, status: status)
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw CommandFailure("\(path): \(lineFault(error, in: data))", status: status)
        }
    }
}
