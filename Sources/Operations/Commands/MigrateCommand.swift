import ArgumentParser
import Postgres

/// `docket migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the schema up to date, or says what is missing.",
        subcommands: [Up.self, Status.self, Verify.self]
    )

    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Applies what is pending; only one starter works at a time.")
        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            let applied = try await database.migrate()
            for migration in applied { print("applied \(migration.version) \(migration.name)") }
            if applied.isEmpty { print("nothing to do: the schema is up to date") }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what is applied and what is pending.")
        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            let plan = try await database.migrationPlan()
            var rows = [["version", "name", "state"]]
            rows += plan.applied.map { ["\($0.version)", $0.name, "applied"] }
            rows += plan.pending.map { ["\($0.version)", $0.name, "pending"] }
            print(TextTable.render(rows))
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Fails unless the schema is exactly that of this version.")
        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            try await database.verifyMigrations()
            print("the schema is that of this version")
        }
    }
}
