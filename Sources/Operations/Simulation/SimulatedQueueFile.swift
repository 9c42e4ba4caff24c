import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `docket route simulate --queue FILE`.
enum SimulatedQueueFile {
    /// A queue with all its rules is smaller by far.
    private static let maximumBytes = 1_048_576

    /// - Throws: ``CommandFailure`` where the file cannot be read or is no queue.
    static func read(_ path: String) throws -> SimulatedQueue {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw CommandFailure("\(path) cannot be read")
        }
        guard data.count <= maximumBytes else { throw CommandFailure("\(path) has more than \(maximumBytes) bytes") }
        do {
            return try JSONDecoder().decode(SimulatedQueue.self, from: data)
        } catch {
            throw CommandFailure("\(path): \(lineFault(error, in: data))")
        }
    }
}
