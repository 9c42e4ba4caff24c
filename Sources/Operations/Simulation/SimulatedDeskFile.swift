import Domain
import HTTPAPI

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `docket route simulate --desk FILE`.
enum SimulatedDeskFile {
    /// Room for five hundred agents with all their skills.
    private static let maximumBytes = 1 << 20

    /// - Throws: ``CommandFailure`` where the file cannot be read or describes no desk, with the place of what is wrong.
    static func read(_ path: String) throws(CommandFailure) -> DeskDescription {
        let data = try InputFile.read(path, limit: maximumBytes, status: 2)
        do {
            // The decoder lets commas at the end and names that are there twice pass, the API does not.
            _ = try JSONDocument(Array(data), limits: JSONLimits(values: data.count + 1))
            return try JSONDecoder().decode(DeskDescription.self, from: data)
        } catch {
            throw CommandFailure("\(path): \(lineFault(error, in: data))", status: 2)
        }
    }
}
