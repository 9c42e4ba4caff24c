/// An applied migration, as the database remembers it.
public struct AppliedMigration: Hashable, Sendable {
    public let version: Int
    public let name: String
    public let checksum: String

    public init(version: Int, name: String, checksum: String) {
        self.version = version
        self.name = name
        self.checksum = checksum
    }
}

/// What is applied and what is to be. Pure.
public struct MigrationPlan: Hashable, Sendable {
    public let applied: [AppliedMigration]
    public let pending: [Migration]

    /// Compares files with the database. Throws `badFile` for a number used twice, `changed`, `missing`, `newer` or `outOfOrder`.
    public init(files: [Migration], applied: [AppliedMigration]) throws(MigrationError) {
        var byVersion: [Int: Migration] = [:]
        for file in files {
            if let other = byVersion.updateValue(file, forKey: file.version) {
                throw MigrationError(.badFile, "migrations \(other.name) and \(file.name) have the same number \(file.version)")
            }
        }
        let latest = byVersion.keys.max() ?? 0
        for entry in applied.sorted(by: { $0.version < $1.version }) {
            guard let file = byVersion.removeValue(forKey: entry.version) else {
                throw entry.version > latest
                    ? MigrationError(.newer, "the database has migration \(entry.version) (\(entry.name)) of a newer release than this one")
                    : MigrationError(.missing, "migration \(entry.version) (\(entry.name)) was applied, but its file is missing")
            }
            if file.checksum != entry.checksum || file.name != entry.name {
                throw MigrationError(.changed, "migration \(entry.version) (\(file.name)) was changed after it had been applied as \(entry.name)")
            }
        }
        let pending = byVersion.values.sorted { $0.version < $1.version }
        if let first = pending.first, let last = applied.map(\.version).max(), first.version < last {
            throw MigrationError(.outOfOrder, "migration \(first.version) (\(first.name)) is older than \(last), which was applied already")
        }
        self.applied = applied.sorted { $0.version < $1.version }
        self.pending = pending
    }
}
