import Foundation
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(2))) struct MigratorTests {
    private func files(_ bodies: String...) throws -> [Migration] {
        try bodies.enumerated().map { try Migration(fileName: "000\($0.offset + 1)_file.sql", sql: $0.element) }
    }

    private func migrator(_ database: TestDatabase, _ files: [Migration]) throws -> Migrator {
        try Migrator(configuration: database.configuration, migrations: files, lockWait: .seconds(20), logger: .quiet)
    }

    @Test(arguments: ["1_a.sql", "0001-a.sql", "0001_.sql", "0001_A.sql", "0001_a.txt", "0000_a.sql", "+001_a.sql", "0001_a b.sql", "0001_a'.sql"])
    func `A file of another name is refused`(name: String) {
        #expect(throws: MigrationError.self) { try Migration(fileName: name, sql: "") }
    }

    @Test func `The checksum is SHA-256`() throws {
        let empty = try Migration(fileName: "0001_a.sql", sql: "")
        #expect(empty.checksum == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func `Files and database are compared`() throws {
        let files = try files("a", "b", "c")
        let applied = files.map { AppliedMigration(version: $0.version, name: $0.name, checksum: $0.checksum) }
        func kind(_ files: [Migration], _ applied: [AppliedMigration]) -> MigrationError.Kind? {
            do {
                _ = try MigrationPlan(files: files, applied: applied)
                return nil
            } catch { return error.kind }
        }
        #expect(try MigrationPlan(files: files, applied: Array(applied[..<1])).pending.map(\.version) == [2, 3])
        #expect(kind(files, applied) == nil)
        #expect(kind(Array(files[..<2]), applied) == .newer)
        #expect(kind([files[0], files[2]], applied) == .missing)
        #expect(kind(files, [applied[0], applied[2]]) == .outOfOrder)
        #expect(kind(files + [files[0]], applied) == .badFile)
        #expect(kind(files, [AppliedMigration(version: 1, name: "file", checksum: "other")]) == .changed)
    }

    @Test func `Pending files are applied once, in order`() async throws {
        try await TestDatabase.with { (database) async throws in
            let files = try files("CREATE TABLE a (id int); INSERT INTO a VALUES (1);", "ALTER TABLE a ADD COLUMN b int;")
            let first = try migrator(database, Array(files[..<1]))
            #expect(try await first.status().pending.count == 1)
            #expect(try await first.up().map(\.version) == [1])
            let second = try migrator(database, files)
            let error = await #expect(throws: MigrationError.self) { try await second.verify() }
            #expect(error?.kind == .pending)
            #expect(try await second.up().map(\.version) == [2])
            #expect(try await second.up().isEmpty)
            try await second.verify()
            #expect(try await database.execute("SELECT id, b FROM a") == [["1", ""]])
            let newer = await #expect(throws: MigrationError.self) { try await first.verify() }
            #expect(newer?.kind == .newer)
        }
    }

    @Test func `A failing file leaves the files before it, and nothing of itself`() async throws {
        try await TestDatabase.with { (database) async throws in
            let migrator = try migrator(database, try files("CREATE TABLE a (id int)", "CREATE TABLE b (id int); SELECT nonsense"))
            let error = await #expect(throws: MigrationError.self) { try await migrator.up() }
            #expect(error?.kind == .failed)
            #expect(error?.cause?.sqlState == "42703")
            #expect(try await migrator.status().applied.map(\.version) == [1])
            #expect(try await database.execute("SELECT to_regclass('b') IS NULL") == [["t"]])
        }
    }

    @Test(arguments: [
        "CREATE TABLE a (id int); COMMIT;", "CREATE TABLE a (id int); COMMIT; BEGIN;", "ROLLBACK; BEGIN",
        "CREATE TABLE a (id int); COMMIT; SELECT nonsense",
        "CREATE TABLE a (id int); COMMIT; BEGIN; SELECT nonsense",
    ])
    func `A file that ends its transaction is refused`(sql: String) async throws {
        try await TestDatabase.with { (database) async throws in
            let migrator = try migrator(database, try files(sql))
            let error = await #expect(throws: MigrationError.self) { try await migrator.up() }
            #expect(error?.kind == .transactionControl)
            #expect(try await migrator.status().applied.isEmpty)
        }
    }

    @Test func `Starters at the same time apply each file once`() async throws {
        try await TestDatabase.with { (database) async throws in
            let files = try files("CREATE TABLE a (id int); SELECT pg_sleep(0.1);", "CREATE TABLE b (id int)")
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    let migrator = try migrator(database, files)
                    group.addTask { try await migrator.up().count }
                }
                return try await group.reduce(0, +)
            }
            #expect(applied == 2)
        }
    }

    @Test func `Files are read from a directory`() throws {
        let directory = NSTemporaryDirectory() + "docket-migrations-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (name, text) in [("0002_b.sql", "b"), ("0001_a.sql", "a"), ("README.md", "c")] {
            try text.write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
        }
        #expect(try Migration.load(directory: directory).map(\.sql) == ["a", "b"])
        #expect(throws: MigrationError.self) { try Migration.load(directory: directory + "/none") }
    }

    @Test func `The table's name is an identifier`() {
        for table in ["x", "a.b.c", "A.b", "a.b;drop", "1a.b"] {
            #expect(throws: PostgresError.self) {
                let configuration = try PostgresConfiguration(url: "postgres://u@h/d")
                return try Migrator(configuration: configuration, migrations: [], table: table, logger: .quiet)
            }
        }
    }
}
