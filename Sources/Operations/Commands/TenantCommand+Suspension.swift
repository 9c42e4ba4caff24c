import ArgumentParser
import UseCases

extension TenantCommand {
    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stops serving a tenant; its clocks go on, and its data stays.",
            discussion: "Within ten seconds its keys are refused, and nothing is given out, closed or delivered for it."
        )

        @Argument(help: "The tenant's slug.")
        var slug: String

        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            try await database.withAdministration { [slug] in try await $0.setActive(false, slug: slug) }
            print("suspended")
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Serves a suspended tenant again.",
            discussion: "What waited meanwhile is given out and delivered."
        )

        @Argument(help: "The tenant's slug.")
        var slug: String

        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            try await database.withAdministration { [slug] in try await $0.setActive(true, slug: slug) }
            print("resumed")
        }
    }
}
