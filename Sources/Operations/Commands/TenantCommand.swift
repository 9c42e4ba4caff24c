import ArgumentParser
import Domain
import UseCases

/// `docket tenant`.
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "The companies that share the deployment.",
        subcommands: [
            Create.self, List.self, Suspend.self, Resume.self, TenantCalendarCommand.self, TenantLifecycleCommand.self, TenantEraseCommand.self,
        ]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a tenant.")

        @Argument(help: "How commands name it: small letters, digits and hyphens.")
        var slug: String

        @Option(help: "What people call it; the slug unless told.")
        var name: String?

        @Option(name: .customLong("plan-weight"), help: "Its share of the dispatchers, 1 to 1000.")
        var planWeight = 1

        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            let tenant = try await database.withAdministration { [slug, name, planWeight] administration in
                try await administration.createTenant(slug: slug, name: name ?? slug, planWeight: planWeight)
            }
            print(tenant.id.description)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the tenants.")
        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            let rows = try await database.withAdministration { administration in
                var rows = [["slug", "id", "name", "weight", "active"]]
                var page = try await administration.tenants()
                while let last = page.last {
                    rows += page.map { [$0.slug, $0.id.description, $0.name, "\($0.planWeight)", Self.state(of: $0)] }
                    page = try await administration.tenants(after: last.id)
                }
                return rows
            }
            print(TextTable.render(rows))
        }

        private static func state(of tenant: Tenant) -> String {
            tenant.isActive ? "yes" : tenant.isBeingErased ? "no, being erased" : "no"
        }
    }
}
