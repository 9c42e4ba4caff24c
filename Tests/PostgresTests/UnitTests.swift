import Testing

@testable import Postgres

/// Units against a server: one transaction each, however many share a connection.
@Suite(.timeLimit(.minutes(2))) struct UnitTests {
    private static let schema = "CREATE TABLE item (id int8 PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, name text NOT NULL CHECK (name <> 'bad'))"

    @Test(arguments: UnitMode.allCases)
    func `A unit is all or nothing`(mode: UnitMode) async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute(Self.schema)
            try await database.withClient({ $0.unitMode = mode }) { (client) async throws in
                var unit = PostgresUnit()
                let insert = unit.add(Insert(id: 1))
                let count = unit.add(CountItems())
                let result = try await client.run(unit)
                #expect(result.affected(insert) == 1)
                #expect(try result.rows(count) == [1])

                var failing = PostgresUnit(Insert(id: 2))
                failing.add(Insert(id: 3, name: "bad"))
                failing.add(Insert(id: 4))
                let error = await #expect(throws: PostgresError.self) { try await client.run(failing) }
                #expect(error?.kind == .server)
                #expect(error?.isCheckViolation == true)
                #expect(error?.constraint == "item_name_check")
                #expect(error?.table == "item")
                #expect(error?.statementName == "Insert")
                #expect(try await client.first(CountItems()) == 1)
            }
        }
    }

    @Test(arguments: UnitMode.allCases)
    func `A failure of the commit itself is a failure of the unit`(mode: UnitMode) async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute(Self.schema)
            try await database.withClient({ $0.unitMode = mode }) { (client) async throws in
                _ = try await client.run(PostgresUnit(Insert(id: 1)))
                let error = await #expect(throws: PostgresError.self) { try await client.run(PostgresUnit(Insert(id: 1))) }
                #expect(error?.isUniqueViolation == true)
                #expect(error?.constraint == "item_pkey")
                #expect(try await client.first(CountItems()) == 1)
            }
        }
    }

    @Test func `Units on one connection do not touch each other`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute(Self.schema)
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                let succeeded = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for id in 0..<200 {
                        group.addTask {
                            do {
                                _ = try await client.run(PostgresUnit(Insert(id: id, name: id.isMultiple(of: 3) ? "bad" : "good")))
                                return true
                            } catch let error as PostgresError where error.isCheckViolation {
                                return false
                            }
                        }
                    }
                    return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(succeeded == 133)
                #expect(try await client.first(CountItems()) == 133)
            }
        }
    }

    /// A unit that fails takes the Parse of what comes later in it along, and those behind it counted on that; so may the next one that prepares it.
    @Test func `Failures in front of a unit take no statement away from it`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute(Self.schema)
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                let failures = try await withThrowingTaskGroup(of: PostgresError?.self) { group in
                    for id in 0..<600 {
                        group.addTask {
                            var unit = PostgresUnit(Insert(id: id, name: id.isMultiple(of: 8) ? "good" : "bad"))
                            unit.add(CountItems())
                            do {
                                _ = try await client.run(unit)
                                return nil
                            } catch let error as PostgresError {
                                return error
                            }
                        }
                    }
                    return try await group.reduce(into: [PostgresError]()) { if let error = $1 { $0.append(error) } }
                }
                #expect(failures.count == 525)
                #expect(failures.filter { !$0.isCheckViolation }.map(\.description) == [])
                #expect(try await client.first(CountItems()) == 75)
            }
        }
    }

    @Test func `No row data is in an error`() async throws {
        struct Cast: Statement {
            static var sql: String { "SELECT $1::text::int4" }
            typealias Row = NoRow
            func bind(into binder: inout Binder) { binder.append("hunter2") }
        }
        try await TestDatabase.with { (database) async throws in
            try await database.execute(Self.schema)
            try await database.withClient { (client) async throws in
                let error = try #require(await #expect(throws: PostgresError.self) { try await client.run(PostgresUnit(Cast())) })
                #expect(error.sqlState == "22P02")
                #expect(!error.description.contains("hunter2"))
                var duplicate = PostgresUnit(Insert(id: 7_654_321, name: "hunter2"))
                duplicate.add(Insert(id: 7_654_321, name: "hunter2"))
                let second = try #require(await #expect(throws: PostgresError.self) { try await client.run(duplicate) })
                #expect(second.isUniqueViolation)
                #expect(!second.description.contains("hunter2") && !second.description.contains("7654321"))
            }
        }
    }

    @Test func `A handle of another unit is refused`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient { (client) async throws in
                var other = PostgresUnit(One())
                let handle = other.add(CountItems())
                let result = try await client.run(PostgresUnit(One()))
                #expect(throws: PostgresError.self) { try result.rows(handle) }
                #expect(result.affected(handle) == 0)
            }
        }
    }

    @Test func `A unit that leaves a transaction open costs the connection`() async throws {
        struct Begin: Statement {
            static var sql: String { "BEGIN" }
            typealias Row = NoRow
        }
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                let before = try await client.first(BackendID())
                _ = try await client.run(PostgresUnit(Begin()))
                let after = try await client.first(BackendID())
                #expect(before != after)
            }
        }
    }

    @Test(arguments: UnitMode.allCases)
    func `A changed result type is prepared anew, unseen`(mode: UnitMode) async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute(Self.schema)
            try await database.execute("INSERT INTO item VALUES (1, 'a')")
            try await database.withClient({
                $0.unitMode = mode
                $0.pool.maximumConnections = 1
            }) { (client) async throws in
                #expect(try await client.first(SelectAll()) == 2)
                try await database.execute("ALTER TABLE item ADD COLUMN more int")
                // Several at once: each of those in flight has to recover.
                try await withThrowingTaskGroup(of: Int?.self) { group in
                    for _ in 0..<8 { group.addTask { try await client.first(SelectAll()) } }
                    for try await columns in group { #expect(columns == 3) }
                }
                try await database.execute("ALTER TABLE item ADD COLUMN evenMore int")
                let columns = try await client.transaction(first: PostgresUnit(SelectAll())) { transaction, _ in
                    var unit = PostgresUnit()
                    let handle = unit.add(SelectAll())
                    return try await transaction.run(unit).first(handle)
                }
                #expect(columns == 4)
            }
        }
    }

    @Test func `A statement that the server forgot is prepared anew, unseen`() async throws {
        struct Forget: Statement {
            static var sql: String { "DEALLOCATE ALL" }
            typealias Row = NoRow
        }
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                for _ in 0..<3 {
                    #expect(try await client.first(One()) == 1)
                    _ = try? await client.run(PostgresUnit(Forget()))
                    #expect(try await client.first(One()) == 1)
                }
            }
        }
    }

    @Test func `A statement that cannot be parsed fails each time, and nothing else`() async throws {
        struct Broken: Statement {
            static var sql: String { "SELEC 1" }
            typealias Row = NoRow
        }
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                for _ in 0..<3 {
                    var unit = PostgresUnit(Broken())
                    unit.add(BackendID())
                    let error = await #expect(throws: PostgresError.self) { try await client.run(unit) }
                    #expect(error?.sqlState == "42601")
                    #expect(try await client.first(BackendID()) != nil)
                }
            }
        }
    }

    @Test func `Results larger than all buffers arrive whole, both ways`() async throws {
        struct Large: Statement {
            static var sql: String { "SELECT $1 FROM generate_series(1, 20)" }
            let text: String
            func bind(into binder: inout Binder) { binder.append(text) }
            static func decode(_ row: RowView) throws(DecodeError) -> String { try row.decode(String.self, at: 0) }
        }
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({ $0.pool.maximumConnections = 2 }) { (client) async throws in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<8 {
                        group.addTask {
                            let text = String(repeating: "\(number)", count: 1_000_000)
                            var unit = PostgresUnit()
                            let handle = unit.add(Large(text: text))
                            let rows = try await client.run(unit).rows(handle)
                            #expect(rows == Array(repeating: text, count: 20))
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func `What the protocol cannot take is refused before it is sent`() async throws {
        struct Many: Statement {
            static var sql: String { "SELECT 1" }
            typealias Row = NoRow
            func bind(into binder: inout Binder) {
                for number in 0..<65536 { binder.append(number) }
            }
        }
        try await TestDatabase.with { (database) async throws in
            try await database.withClient { (client) async throws in
                let error = await #expect(throws: PostgresError.self) { try await client.run(PostgresUnit(Many())) }
                #expect(error?.kind == .encoding)
            }
        }
    }
}
