import ArgumentParser
import UseCases

/// `docket tenant erase`.
struct TenantEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Deletes everything that is stored of a suspended tenant, for good.",
        discussion: "The tenant must have been suspended for a minute. Interrupted, it goes on where it is called again. Backups keep what they hold."
    )

    @Argument(help: "The tenant's slug.")
    var slug: String

    @Option(help: "The slug once more: what is erased cannot be brought back.")
    var confirm: String

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        if confirm != slug { throw ValidationError("--confirm must repeat the slug.") }
    }

    func run() async throws {
        let erased = try await database.withErasure { [slug] erasure in
            try await erasure.erase(slug: slug) { OperatorProgress.show("\($0.table): \($0.rows) rows") }
        }
        OperatorProgress.clear()
        print(TextTable.render([["table", "rows"]] + erased.map { [$0.table, "\($0.rows)"] }))
        print("erased")
    }
}
