import ArgumentParser
import Deployment
import Domain
import Store
import UseCases

/// `docket sla remeasure`.
struct SLARemeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remeasure",
        abstract: "Has the deadlines of all live tickets computed anew: after new rules of time zones, when all processes run with them.",
        discussion: "The schedulers do it in the background; docket sla reevaluations shows how far they are."
    )

    @Option(help: "Only this tenant, by its slug.")
    var tenant: String?

    @OptionGroup var database: OperatorDatabase

    func run() async throws {
        let owners = try await database.withAdministration { [tenant] administration in
            if let tenant { return [try await administration.tenant(slug: tenant)] }
            // Of one that is being erased nothing is left to measure.
            return try await administration.allTenants().filter { !$0.isBeingErased }
        }
        try await database.withEnvironment { environment in
            let reevaluations = Reevaluations(environment: environment)
            var refused: [String] = []
            for owner in owners {
                do {
                    let id = try await reevaluations.requestForTimeZones(in: owner.id, release: ZoneFiles().databaseVersion)
                    print("\(owner.slug) \(id)")
                } catch UseCaseError.invalid(let problems) {
                    // One tenant without room for new versions of its calendars keeps no other's.
                    refused.append("\(owner.slug): \(problems.map(\.detail).joined(separator: "; "))")
                } catch UseCaseError.notFound {
                    refused.append("\(owner.slug): there is no configuration")
                } catch let error as StoreError {
                    throw CommandFailure("\(owner.slug): the database refused it: \(error.reason)")
                }
            }
            guard refused.isEmpty else { throw CommandFailure(refused.joined(separator: "\n")) }
        }
    }
}
