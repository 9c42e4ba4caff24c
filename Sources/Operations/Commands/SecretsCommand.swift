import ArgumentParser
import Deployment
import Domain
import FoundationEssentials
import Runtime
import Store
import UseCases

/// `docket secrets`.
struct SecretsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secrets",
        abstract: "The secrets that are kept in the database.",
        subcommands: [Renew.self]
    )

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seals all tenants' webhook secrets anew under DOCKET_MASTER_KEY.",
            discussion: """
                What keys of DOCKET_EARLIER_MASTER_KEYS sealed is opened with them. Afterwards these can be taken away. Ends with 1 where a secret cannot be opened; the \
                others are renewed.
                """
        )

        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            let reader = try ConfigurationLoader.load(environment: ProcessInfo.processInfo.environment)
            guard let keys = try ProcessConfiguration(reader).masterKeys else {
                throw CommandFailure("set DOCKET_MASTER_KEY, and the keys before it in DOCKET_EARLIER_MASTER_KEYS", status: 2)
            }
            let owners = try await database.withAdministration { try await $0.allTenants() }
            let rows = try await database.withEnvironment { environment in
                let renewal = SecretRenewal(environment: environment, vault: WebhookSecretVault(SecretBox(keys)))
                var rows: [(slug: String, report: SecretRenewal.Report)] = []
                for owner in owners {
                    do {
                        rows.append((owner.slug, try await renewal.run(in: owner.id)))
                    } catch let error as StoreError {
                        throw CommandFailure("\(owner.slug): the database refused it: \(error.reason)")
                    }
                }
                return rows
            }
            print(Self.table(rows))
            let unreadable = rows.flatMap { row in row.report.unreadable.map { "\(row.slug) \($0)" } }
            if !unreadable.isEmpty { throw CommandFailure("no given key opens the secrets of: \(unreadable.joined(separator: ", "))") }
        }

        static func table(_ rows: [(slug: String, report: SecretRenewal.Report)]) -> String {
            TextTable.render(
                [["tenant", "renewed", "current already", "unreadable"]]
                    + rows.map { [$0.slug, String($0.report.renewed), String($0.report.current), String($0.report.unreadable.count)] }
            )
        }
    }
}
