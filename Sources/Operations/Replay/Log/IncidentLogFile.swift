/// The file of an incident log.
enum IncidentLogFile {
    static let maximumBytes = 256 << 20

    /// - Parameter status: what the command ends with where the file is of no use.
    /// - Throws: ``CommandFailure`` where the file cannot be read, is too large or is no incident log.
    static func read(_ path: String, status: Int32 = 1) throws -> IncidentLog {
        do {
            return try IncidentLogReader.read([UInt8](InputFile.read(path, limit: maximumBytes, status: status)))
        } catch let error as IncidentLogError {
            throw CommandFailure("\(path): \(error)", status: status)
        }
    }
}
