#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The folder `sql/` with roles and migrations: beside the sources in a checkout, or where a package installs it.
public struct SQLDirectory: Sendable {
    /// Absolute or relative to the working directory, without a slash at its end.
    public let path: String

    /// Looks for the folder.
    ///
    /// - Parameter given: from the configuration; nil looks in the working directory, above the executable, and in `/usr/share/docket/sql`.
    /// - Throws: ``SchemaError/noSQLDirectory(_:)``.
    public init(given: String? = nil) throws(SchemaError) {
        for candidate in given.map({ [$0] }) ?? Self.candidates() where FileManager.default.fileExists(atPath: candidate + "/migrations") {
            path = candidate
            return
        }
        throw .noSQLDirectory(given)
    }

    var migrations: String { path + "/migrations" }

    func text(of name: String) throws(SchemaError) -> String {
        guard let data = FileManager.default.contents(atPath: path + "/" + name), let text = String(validating: data, as: UTF8.self) else {
            throw .unreadable(path + "/" + name)
        }
        return text
    }

    private static func candidates() -> [String] {
        var found = ["sql"]
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments.first ?? ""
        var folders = executable.split(separator: "/", omittingEmptySubsequences: true).dropLast()
        // A build product lies at most six folders below its checkout.
        for _ in 0..<6 where !folders.isEmpty {
            found.append("/" + folders.joined(separator: "/") + "/sql")
            folders = folders.dropLast()
        }
        return found + ["/usr/share/docket/sql"]
    }
}
