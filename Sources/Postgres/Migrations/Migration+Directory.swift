#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Migration {
    /// Reads all `.sql` files of a directory, in order. Throws `badFile` for what cannot be read, is not UTF-8, or has a name of another form.
    public static func load(directory: String) throws(MigrationError) -> [Migration] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw MigrationError(.badFile, "the directory of migrations \(directory) cannot be read")
        }
        var migrations: [Migration] = []
        for name in names.sorted() where name.hasSuffix(".sql") {
            guard let data = FileManager.default.contents(atPath: directory + "/" + name), let text = String(validating: data, as: UTF8.self) else {
                throw MigrationError(.badFile, "\(name) cannot be read as UTF-8")
            }
            migrations.append(try Migration(fileName: name, sql: text))
        }
        return migrations
    }
}
