import Glibc

/// Where the programs of one installed PostgreSQL server are.
public struct PostgresPrograms: Sendable, Equatable {
    /// The oldest major version that Docket's schema runs on.
    public static let oldestMajor = 15

    /// The directory that holds `postgres` and `initdb`.
    public let directory: String
    /// The major version, where the directory's name tells it.
    public let major: Int?

    var postgres: String { directory + "/postgres" }
    var initdb: String { directory + "/initdb" }

    /// Finds the programs: at the given place, else the newest in Debian's layout, else on the search path.
    ///
    /// - Parameters:
    ///   - directory: look only here, where given.
    ///   - major: the version that existing data was made with, which alone can open it; nil for new data.
    public static func find(in directory: String? = nil, major: Int? = nil) throws(EmbeddedPostgresError) -> PostgresPrograms {
        let installed = (directory.map { [PostgresPrograms(directory: $0, major: nil)] } ?? candidates())
        let usable = installed.filter(\.isComplete).filter { ($0.major ?? .max) >= oldestMajor }
        guard !usable.isEmpty else { throw .programsNotFound(searched: installed.map(\.directory)) }
        guard let major else { return usable[0] }
        guard let match = usable.first(where: { $0.major == major }) ?? usable.first(where: { $0.major == nil }) else {
            throw .versionNotInstalled(major: major)
        }
        return match
    }

    private var isComplete: Bool {
        access(postgres, X_OK) == 0 && access(initdb, X_OK) == 0
    }

    private static func candidates() -> [PostgresPrograms] {
        let versions = names(in: "/usr/lib/postgresql").compactMap { Int($0) }.sorted(by: >)
        let debian = versions.map { PostgresPrograms(directory: "/usr/lib/postgresql/\($0)/bin", major: $0) }
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let others = path.split(separator: ":").filter { $0.hasPrefix("/") }.map { PostgresPrograms(directory: String($0), major: nil) }
        return debian + [PostgresPrograms(directory: "/usr/local/pgsql/bin", major: nil)] + others
    }

    private static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var found: [String] = []
        while let entry = readdir(stream) {
            found.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return found
    }
}
