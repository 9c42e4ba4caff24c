import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the file of `docket calendar import`.
enum HolidayFile {
    private static let byteLimit = 4 << 20

    /// - Throws: ``CommandFailure``: of a failed run where the file cannot be read, of bad usage where it is neither form.
    static func read(_ path: String) throws -> HolidayInput {
        let data = try InputFile.read(path, limit: byteLimit)
        let first = data.first { $0 > UInt8(ascii: " ") }
        guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else { return .ics([UInt8](data)) }
        do {
            return .document(try JSONDecoder().decode(HolidayDocument.self, from: data))
        } catch let error as DecodingError {
            throw CommandFailure("\(path): \(reason(error))", status: 2)
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context) -> String {
            "/" + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context)): \(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "\(place(context)): is of the wrong type"
        case .dataCorrupted(let context): context.codingPath.isEmpty ? "is no JSON" : "\(place(context)): is not valid"
        @unknown default: "cannot be read"
        }
    }
}
