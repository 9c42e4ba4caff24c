import Domain

/// `docket route simulate --queue FILE`.
enum SimulatedQueueFile {
    /// A queue with all its rules is smaller by far.
    private static let maximumBytes = 1 << 20

    /// - Throws: ``CommandFailure`` where the file cannot be read or is no queue.
    static func read(_ path: String) throws(CommandFailure) -> SimulatedQueue {
        try InputFile.decode(SimulatedQueue.self, from: path, limit: maximumBytes, status: 2)
    }
}
