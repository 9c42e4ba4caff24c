/// The file of an incident log.
enum IncidentLogFile {
    static let maximumBytes = 256 << 20

    /// - Throws: ``CommandFailure`` where the file cannot be read, is too large or is no incident log.
    static func read(_ path: String) throws -> IncidentLog {
        do {
            return try IncidentLogReader.read([UInt8](InputFile.read(path, limit: maximumBytes)))
        } catch let error as IncidentLogError {
            throw CommandFailure("\(path): \(error)")
        }
    }
}
